import { mount } from '../ui/mount.tsx';
import { Page } from './page.tsx';

mount(<Page />);
