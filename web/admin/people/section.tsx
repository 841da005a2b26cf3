import { useState } from 'preact/hooks';
import { everything } from '../../api/client.ts';
import { useResource } from '../../api/resource.ts';
import { Input } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { peopleWords } from '../../words/admin/people.ts';
import { useWords } from '../../words/language.ts';
import { Heading } from '../frame/heading.tsx';
import { useScope } from '../frame/scope.ts';
import type { ShopUser } from '../wire.ts';
import { AddPerson } from './add.tsx';
import { ChangeRole } from './change-role.tsx';
import { PeopleList } from './list.tsx';
import { RolesExplained } from './roles.tsx';

/** Who has a role at the shop, and what the roles are. */
export function PeopleSection() {
  const words = useWords(peopleWords);
  const { slug } = useScope();
  const [wanted, search] = useState('');
  const [open, show] = useState<ShopUser | 'new'>();
  const users = useResource(`people ${slug ?? ''} ${wanted}`, (signal) =>
    everything<ShopUser>('/api/v2/admin/users', { query: { shop: slug, query: wanted.trim() }, signal }),
  );
  // A whole address also finds accounts without a role.
  const people = users.value?.filter(({ role }) => role !== 'client');
  return (
    <>
      <Heading about={words.about}>{words.title}</Heading>
      <RolesExplained />
      <div class="admin-search">
        <Input
          type="search"
          label={words.search}
          value={wanted}
          maxLength={254}
          autocomplete="off"
          onInput={({ currentTarget }) => search(currentTarget.value)}
        />
        <button type="button" class="button primary" onClick={() => show('new')}>
          {words.add}
        </button>
      </div>
      <ErrorNotice error={people === undefined ? users.error : undefined} />
      <p class="unseen" role="status">
        {people && users.current && words.found(people.length)}
      </p>
      {people === undefined ? (
        <Skeleton height="4.5rem" lines={4} />
      ) : (
        <PeopleList
          people={people}
          none={wanted.trim() === '' ? words.none : words.noMatch}
          onChange={show}
        />
      )}
      {open === 'new' && <AddPerson onClose={() => show(undefined)} onSaved={users.reload} />}
      {open !== undefined && open !== 'new' && (
        <ChangeRole person={open} onClose={() => show(undefined)} onSaved={users.reload} />
      )}
    </>
  );
}
