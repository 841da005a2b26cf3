import { useState } from 'preact/hooks';
import { todayIn } from '../../time/dates.ts';
import { Select } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { closuresWords } from '../../words/admin/closures.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useScope } from '../frame/scope.ts';
import { Conflicts } from '../saving/conflicts.tsx';
import { useSave } from '../saving/use-save.ts';
import { HolidayChoice } from './holiday-choice.tsx';
import { likelyCountry, named, usePlaces } from './places.ts';
import { closeOn, useHolidays } from './use-holidays.ts';

/** As far as the server knows them. */
const YEARS_AHEAD = 5;

/** The public holidays of a place, to choose from those on which the shop is closed. */
export function Holidays() {
  const words = useWords(closuresWords);
  const language = useLanguage();
  const { slug, shop } = useScope();
  const thisYear = Number(todayIn(shop.timezone).slice(0, 4));
  const [wish, ask] = useState({ country: likelyCountry(), state: '', region: '', year: thisYear });
  const countries = usePlaces('country', {});
  const isListed = countries.value?.some(({ code }) => code === wish.country) ?? false;
  const question = isListed ? wish : { ...wish, country: '' };
  const { country, state, region, year } = question;
  const states = usePlaces(country === '' ? undefined : 'state', { country }).value ?? [];
  const regions = usePlaces(state === '' ? undefined : 'region', { country, state }).value ?? [];
  const known = useHolidays(question);
  const unread = countries.value === undefined ? countries.error : known.error;
  const isWaiting = countries.value === undefined || (country !== '' && !known.current);
  const save = useSave();

  async function close(dates: readonly string[]) {
    const tongue = known.value?.language;
    const answer = await save.once(
      { slug, question, tongue, dates },
      (headers) => closeOn(slug, question, tongue, dates, headers),
      { said: words.imported(dates.length) },
    );
    if (answer !== undefined) known.reload();
  }

  return (
    <div class="stack">
      <Conflicts conflicts={save.conflicts} onClose={save.clear} />
      <div class="card admin-pair">
        <Select
          label={words.country}
          value={country}
          onChange={({ currentTarget: { value } }) => ask({ country: value, state: '', region: '', year })}
        >
          <option value="" />
          {named(countries.value ?? [], language).map(({ code, name }) => (
            <option key={code} value={code} selected={code === country}>
              {name}
            </option>
          ))}
        </Select>
        {states.length > 0 && (
          <Select
            label={words.state}
            value={state}
            onChange={({ currentTarget: { value } }) => ask({ ...question, state: value, region: '' })}
          >
            <option value="">{words.wholeCountry}</option>
            {states.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        )}
        {regions.length > 0 && (
          <Select
            label={words.region}
            value={region}
            onChange={({ currentTarget: { value } }) => ask({ ...question, region: value })}
          >
            <option value="">{words.wholeState}</option>
            {regions.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        )}
        <Select
          label={words.year}
          value={year}
          onChange={({ currentTarget }) => ask({ ...question, year: Number(currentTarget.value) })}
        >
          {Array.from({ length: YEARS_AHEAD + 1 }, (_, ahead) => thisYear + ahead).map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </Select>
      </div>
      <ErrorNotice error={save.error ?? unread} />
      {country === '' && countries.value && <p class="admin-empty">{words.chooseCountry}</p>}
      {isWaiting && unread === undefined && <Skeleton height="3.25rem" lines={8} />}
      {country !== '' && known.current && known.value && (
        <HolidayChoice
          // Another place, another choice.
          key={JSON.stringify(question)}
          holidays={known.value.holidays}
          busy={save.busy}
          onClose={(dates) => void close(dates)}
        />
      )}
    </div>
  );
}
