import { type Static, type TProperties, Type } from 'typebox';
import { AssetType, Id, Instant, Nullable, Order, Visibility } from './primitives.ts';

/** What is not an operator of ours is refused: taking no notice of it would answer wrongly. */
const only = <Properties extends TProperties>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false });

const Text = Type.String({ maxLength: 4096 });
const Texts = Type.Optional(Type.Array(Text, { maxItems: 1000 }));
const Numbers = Type.Optional(Type.Array(Type.Number(), { maxItems: 1000 }));
const text = Type.Optional(Text);
const textOrNull = Type.Optional(Nullable(Text));
const number = Type.Optional(Type.Number());
const numberOrNull = Type.Optional(Nullable(Type.Number()));
const instant = Type.Optional(Instant);
const instantOrNull = Type.Optional(Nullable(Instant));
const idList = Type.Optional(Type.Array(Id, { maxItems: 50 }));

const texts = only({ eq: text, ne: text, in: Texts, notIn: Texts });
const textsOrNull = only({ eq: textOrNull, ne: textOrNull, in: Texts, notIn: Texts });
const pattern = only({
  ...textsOrNull.properties,
  like: text,
  notLike: text,
  startsWith: text,
  endsWith: text,
});
const bounds = <Bound extends typeof number | typeof instant>(bound: Bound) =>
  ({ gt: bound, gte: bound, lt: bound, lte: bound }) as const;
const numbers = only({ eq: number, ne: number, in: Numbers, notIn: Numbers, ...bounds(number) });
const numbersOrNull = only({ ...numbers.properties, eq: numberOrNull, ne: numberOrNull });
const dates = only({ eq: instant, ne: instant, ...bounds(instant) });
const datesOrNull = only({ ...dates.properties, eq: instantOrNull, ne: instantOrNull });
const flag = only({ eq: Type.Boolean() });
const ids = only({ all: idList, any: idList, none: idList });

const branch = {
  albumIds: Type.Optional(ids),
  checksum: Type.Optional(texts),
  city: Type.Optional(textsOrNull),
  country: Type.Optional(textsOrNull),
  createdAt: Type.Optional(dates),
  description: Type.Optional(pattern),
  encodedVideoPath: Type.Optional(texts),
  fileSizeInBytes: Type.Optional(numbers),
  hasAlbums: Type.Optional(flag),
  hasPeople: Type.Optional(flag),
  hasTags: Type.Optional(flag),
  id: Type.Optional(only({ eq: Type.Optional(Id), ne: Type.Optional(Id) })),
  isEncoded: Type.Optional(flag),
  isFavorite: Type.Optional(flag),
  isMotion: Type.Optional(flag),
  isOffline: Type.Optional(flag),
  lensModel: Type.Optional(textsOrNull),
  libraryId: Type.Optional(only({ eq: Type.Optional(Nullable(Id)), ne: Type.Optional(Nullable(Id)) })),
  make: Type.Optional(textsOrNull),
  model: Type.Optional(textsOrNull),
  ocr: Type.Optional(only({ matches: Text })),
  originalFileName: Type.Optional(pattern),
  originalPath: Type.Optional(pattern),
  personIds: Type.Optional(ids),
  rating: Type.Optional(numbersOrNull),
  state: Type.Optional(textsOrNull),
  tagIds: Type.Optional(ids),
  takenAt: Type.Optional(dates),
  trashedAt: Type.Optional(datesOrNull),
  type: Type.Optional(
    only({
      eq: Type.Optional(AssetType),
      ne: Type.Optional(AssetType),
      in: Type.Optional(Type.Array(AssetType)),
      notIn: Type.Optional(Type.Array(AssetType)),
    }),
  ),
  updatedAt: Type.Optional(dates),
  visibility: Type.Optional(
    only({
      eq: Type.Optional(Visibility),
      ne: Type.Optional(Visibility),
      in: Type.Optional(Type.Array(Visibility)),
      notIn: Type.Optional(Type.Array(Visibility)),
    }),
  ),
};

/** All of these conditions. */
export type SearchBranch = Static<ReturnType<typeof only<typeof branch>>>;

/** The structured filter of 3.2 (contract §3.5.8): all of its conditions, and those of one of the branches in `or`. */
export const SearchFilter = only({
  ...branch,
  or: Type.Optional(Type.Array(only(branch), { maxItems: 10 })),
});
export type SearchFilter = Static<typeof SearchFilter>;

/** The order of a search in 3.2; without a field it is the time of capture, without a direction the largest first. */
export const SearchOrder = only({
  field: Type.Optional(
    Type.Union([
      Type.Literal('fileCreatedAt'),
      Type.Literal('localDateTime'),
      Type.Literal('fileSizeInBytes'),
      Type.Literal('rating'),
    ]),
  ),
  direction: Type.Optional(Order),
});
export type SearchOrderField = NonNullable<Static<typeof SearchOrder>['field']>;
