import { Skeleton } from '../../ui/skeleton.tsx';
import '../booking/booking-view.css';

/** A booking that is on its way, as high as it will be. */
export function ViewSkeleton({ title }: { readonly title: string }) {
  return (
    <div class="booking-view">
      <h1>{title}</h1>
      <Skeleton height="19rem" />
      <Skeleton height="11rem" />
    </div>
  );
}
