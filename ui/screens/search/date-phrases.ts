/** Whole days, both included, as dates without a zone: `2023-06-01`. An open end is absent. */
export interface DayRange {
  from?: string;
  to?: string;
}

/** A stretch of the words that says when. */
export interface DatePhrase {
  range: DayRange;
  /** The words without it, as they were written. */
  rest: string;
}

/** Words of both languages at once: nobody changes the page's language to write a month. */
const MONTHS = [
  'january jan januar janner',
  'february feb februar',
  'march mar marz maerz mrz',
  'april apr',
  'may mai',
  'june jun juni',
  'july jul juli',
  'august aug',
  'september sep sept',
  'october oct oktober okt',
  'november nov',
  'december dec dezember dez',
].map((names) => new Set(names.split(' ')));

/** Names that are words or people too; they say a month only beside a year, a day or `last`. */
const UNSURE = new Set(['may', 'mar', 'jan', 'april', 'june', 'august', 'mai']);

/** First month of each season on the northern half of the earth; winter is named by the year it begins in. */
const SEASONS: Record<string, number> = {
  ...{ spring: 3, fruhling: 3, fruhjahr: 3, summer: 6, sommer: 6 },
  ...{ autumn: 9, fall: 9, herbst: 9, winter: 12 },
};
const UNSURE_SEASONS = new Set(['spring', 'fall']);

/** First and last day of feasts, as month and day; the second may be in the next year. */
const FEASTS: Record<string, readonly [string, string]> = {
  christmas: ['12-24', '12-26'],
  weihnachten: ['12-24', '12-26'],
  xmas: ['12-24', '12-26'],
  silvester: ['12-31', '01-01'],
  halloween: ['10-31', '10-31'],
};

const words = (list: string) => new Set(list.split(' '));
const LAST = words('last letzten letzte letzter letztes letztem vergangenen vergangene vergangenes');
const THIS = words('this diesen diese dieser dieses diesem');
const BEFORE = words('before until vor bis');
const SINCE = words('since after seit ab nach');
const FILLERS = words('in im on am from of vom von aus der dem the');
const TO = words('to until bis and und -');

interface Token {
  /** Small letters without accents and the marks around it. */
  word: string;
  text: string;
}

/**
 * Finds when something was in what people write: `summer 2023`, `last May`, `24.12.2022`, `since 2019`, `gestern`.
 * Undefined when it says nothing of the kind. `today` is a date without a zone.
 */
export function readDatePhrase(written: string, today: string): DatePhrase | undefined {
  const tokens = written
    .split(/\s+/)
    .filter(Boolean)
    .map((text) => ({ text, word: foldWord(text) }));
  for (let first = 0; first < tokens.length; first += 1)
    for (let count = Math.min(5, tokens.length - first); count > 0; count -= 1) {
      if (FILLERS.has(tokens[first + count - 1]!.word)) continue;
      const range = readRange(tokens.slice(first, first + count), today);
      if (!range) continue;
      const before = tokens.slice(0, first);
      if (before.length > 0 && FILLERS.has(before.at(-1)!.word)) before.pop();
      const rest = [...before, ...tokens.slice(first + count)].map(({ text }) => text).join(' ');
      return { range, rest };
    }
  return undefined;
}

/** Small letters without accents and without marks at its ends. */
export function foldWord(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/^[^\p{L}\p{N}-]+|[^\p{L}\p{N}-]+$/gu, '');
}

/** The range that exactly these tokens say. */
function readRange(tokens: readonly Token[], today: string): DayRange | undefined {
  const [first, ...others] = tokens;
  if (!first) return undefined;
  if (others.length > 0 && BEFORE.has(first.word)) {
    const from = readSpan(others, today)?.from;
    return from === undefined ? undefined : { to: addDays(from, -1) };
  }
  if (others.length > 0 && SINCE.has(first.word)) {
    const from = readSpan(others, today)?.from;
    return from === undefined ? undefined : { from };
  }
  const middle = tokens.findIndex(({ word }, at) => at > 0 && TO.has(word));
  if (middle > 0 && middle < tokens.length - 1) {
    const from = readSpan(tokens.slice(0, middle), today)?.from;
    const to = readSpan(tokens.slice(middle + 1), today)?.to;
    if (from !== undefined && to !== undefined && from <= to) return { from, to };
    return undefined;
  }
  return readSpan(tokens, today);
}

interface Span {
  from: string;
  to: string;
}

function readSpan(tokens: readonly Token[], today: string): Span | undefined {
  const list = tokens.map(({ word }) => word).filter((word, at) => at === 0 || !FILLERS.has(word));
  const [one = '', two, three] = list;
  if (list.length === 1) return readWord(one, today);
  if (list.length === 2 && two !== undefined) return readPair(one, two, today);
  if (list.length === 3 && two !== undefined && three !== undefined) {
    const count = Number(two);
    if (LAST.has(one) && Number.isInteger(count) && count > 0 && count < 1000)
      return readLastDays(count, three, today);
    return readDay(one, two, three) ?? readDay(two, one, three);
  }
  return undefined;
}

function readWord(word: string, today: string): Span | undefined {
  if (word === 'today' || word === 'heute') return { from: today, to: today };
  const yesterday = addDays(today, -1);
  if (word === 'yesterday' || word === 'gestern') return { from: yesterday, to: yesterday };
  const year = yearOf(word, today);
  if (year !== undefined) return spanOfYear(year);
  const years = /^(\d{4})[-–](\d{4})$/.exec(word);
  if (years && years[1]! <= years[2]!) return { from: `${years[1]}-01-01`, to: `${years[2]}-12-31` };
  const decade = /^(?:19|20)?(\d0)(?:s|er)$/.exec(word);
  if (decade) {
    const start =
      word.length > 5 || /^\d{4}/.test(word) ? Number(word.slice(0, 4)) : nearDecade(decade[1]!, today);
    return { from: `${start}-01-01`, to: `${start + 9}-12-31` };
  }
  const isoMonth = /^(\d{4})-(\d{1,2})$/.exec(word);
  if (isoMonth) return spanOfMonth(Number(isoMonth[1]), Number(isoMonth[2]));
  const month = /^(\d{1,2})[./](\d{4})$/.exec(word);
  if (month) return spanOfMonth(Number(month[2]), Number(month[1]));
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(word);
  if (iso) return spanOfDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  // Day before month, as most of the world writes it; the other way round where that is no date.
  const day = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(word);
  if (day) {
    const [, a, b, c] = day.map(Number) as [number, number, number, number];
    return spanOfDay(c, b, a) ?? spanOfDay(c, a, b);
  }
  const named = monthOf(word);
  if (named !== undefined && !UNSURE.has(word) && word.length > 3) return latestMonth(named, today);
  if (!UNSURE_SEASONS.has(word) && SEASONS[word] !== undefined) return latestSeason(SEASONS[word], today);
  if (FEASTS[word]) return latest((of) => spanOfFeast(word, of), today);
  return undefined;
}

function readPair(one: string, two: string, today: string): Span | undefined {
  const year = Number(today.slice(0, 4));
  const isLast = LAST.has(one);
  if (isLast || THIS.has(one)) {
    const back = isLast ? 1 : 0;
    if (two === 'year' || two === 'jahr') return spanOfYear(year - back);
    if (two === 'month' || two === 'monat') return spanOfMonth(...monthBefore(today, back));
    if (two === 'week' || two === 'woche') {
      const monday = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7) - 7 * back);
      return { from: monday, to: addDays(monday, 6) };
    }
    if (two === 'weekend' || two === 'wochenende') {
      const saturday = addDays(
        today,
        -((new Date(`${today}T00:00:00Z`).getUTCDay() + 1) % 7) - 7 * (back - 1),
      );
      const from =
        back === 1 && addDays(saturday, 1) >= today ? addDays(saturday, -14) : addDays(saturday, -7 * back);
      return { from, to: addDays(from, 1) };
    }
    const month = monthOf(two);
    const season = SEASONS[two];
    const span = (of: number) =>
      month !== undefined
        ? spanOfMonth(of, month)
        : season !== undefined
          ? spanOfSeason(season, of)
          : FEASTS[two]
            ? spanOfFeast(two, of)
            : undefined;
    if (!isLast) return span(year);
    // `Last` is the latest one that is over.
    return latest(span, today, true);
  }
  const named = yearOf(two, today);
  if (named !== undefined) {
    const month = monthOf(one);
    if (month !== undefined) return spanOfMonth(named, month);
    const season = SEASONS[one];
    if (season !== undefined) return spanOfSeason(season, named);
    if (FEASTS[one]) return spanOfFeast(one, named);
  }
  // A day of a month without a year is the latest one.
  return latest((of) => readDay(one, two, String(of)) ?? readDay(two, one, String(of)), today);
}

/** `24`, `december`, `2023`, with the marks that belong to a day: `24.`, `24th`. */
function readDay(day: string, month: string, year: string): Span | undefined {
  const number = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(day);
  const named = monthOf(month);
  if (!number || named === undefined || !/^\d{4}$/.test(year)) return undefined;
  return spanOfDay(Number(year), named, Number(number[1]));
}

function readLastDays(count: number, unit: string, today: string): Span | undefined {
  if (/^(days?|tagen?|tage)$/.test(unit)) return { from: addDays(today, 1 - count), to: today };
  if (/^(weeks?|wochen?)$/.test(unit)) return { from: addDays(today, 1 - 7 * count), to: today };
  if (/^(months?|monaten?|monate)$/.test(unit)) {
    const [year, month] = monthBefore(today, count);
    const last = spanOfMonth(year, month)!.to;
    const sameDay = `${last.slice(0, 8)}${today.slice(8)}`;
    return { from: sameDay > last ? last : sameDay, to: today };
  }
  if (/^(years?|jahren?|jahre)$/.test(unit))
    return {
      from: `${String(Number(today.slice(0, 4)) - count).padStart(4, '0')}${today.slice(4)}`,
      to: today,
    };
  return undefined;
}

/** Years that photos have; other numbers are part of names. */
function yearOf(word: string, today: string): number | undefined {
  const year = /^\d{4}$/.test(word) ? Number(word) : 0;
  return year >= 1826 && year <= Number(today.slice(0, 4)) + 1 ? year : undefined;
}

function nearDecade(digits: string, today: string): number {
  const near = Number(`${today.slice(0, 2)}${digits}`);
  return near <= Number(today.slice(0, 4)) ? near : near - 100;
}

function monthOf(word: string): number | undefined {
  const at = MONTHS.findIndex((names) => names.has(word));
  return at < 0 ? undefined : at + 1;
}

/** The latest year's span that has begun, or with `isOver` has ended, before today. */
function latest(span: (year: number) => Span | undefined, today: string, isOver = false): Span | undefined {
  const year = Number(today.slice(0, 4));
  for (const candidate of [year, year - 1, year - 2]) {
    const found = span(candidate);
    if (found && (isOver ? found.to < today : found.from <= today)) return found;
  }
  return undefined;
}

const latestMonth = (month: number, today: string) => latest((year) => spanOfMonth(year, month), today);
const latestSeason = (month: number, today: string) => latest((year) => spanOfSeason(month, year), today);

const spanOfYear = (year: number): Span => ({ from: `${year}-01-01`, to: `${year}-12-31` });

function spanOfMonth(year: number, month: number): Span | undefined {
  if (month < 1 || month > 12) return undefined;
  const from = dayText(Date.UTC(year, month - 1, 1));
  return { from, to: dayText(Date.UTC(year, month, 0)) };
}

function spanOfSeason(firstMonth: number, year: number): Span {
  return { from: dayText(Date.UTC(year, firstMonth - 1, 1)), to: dayText(Date.UTC(year, firstMonth + 2, 0)) };
}

function spanOfFeast(name: string, year: number): Span {
  const [first, last] = FEASTS[name]!;
  return { from: `${year}-${first}`, to: `${last < first ? year + 1 : year}-${last}` };
}

function spanOfDay(year: number, month: number, day: number): Span | undefined {
  const text = dayText(Date.UTC(year, month - 1, day));
  // A 31st of April would have become the 1st of May.
  return Number(text.slice(8)) === day && Number(text.slice(5, 7)) === month
    ? { from: text, to: text }
    : undefined;
}

function monthBefore(today: string, back: number): [number, number] {
  const text = dayText(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1 - back, 1));
  return [Number(text.slice(0, 4)), Number(text.slice(5, 7))];
}

function addDays(day: string, days: number): string {
  return dayText(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000);
}

function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
