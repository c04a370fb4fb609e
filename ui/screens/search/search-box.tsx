import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from '../../components/icon.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { PersonFace } from '../../components/person-face.tsx';
import { text } from '../../text.ts';
import { readDatePhrase } from './date-phrases.ts';
import { joinWishes, NO_WISH, type SearchWish } from './search-wish.ts';
import { type NamedThing, suggest, understand } from './understand.ts';
import { rangeWords } from './wish-words.ts';

export interface SearchBoxProps {
  things: readonly NamedThing[];
  /** The reader's day, `2026-11-22`. */
  today: string;
  /** Something is looked for already. */
  hasWish: boolean;
  onWish: (wish: SearchWish) => void;
  /** Backspace in the empty box. */
  onRemoveLast: () => void;
  onClear: () => void;
}

interface Choice {
  key: string;
  icon: IconName;
  personId?: string;
  words: string;
  /** What kind of thing it is, in small letters beside it. */
  about: string;
  wish: SearchWish;
}

/** More would hide the photos below and help nobody. */
const MOST_SUGGESTIONS = 7;

const ICONS = { person: 'person', place: 'places', tag: 'tag', camera: 'camera' } as const;

/** The one field for everything. Arrow keys choose among suggestions; without a choice, the words are understood. */
export function SearchBox({ things, today, hasWish, onWish, onRemoveLast, onClear }: SearchBoxProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const choices = useMemo(() => listChoices(words, things, today), [words, things, today]);
  const isShown = isOpen && choices.length > 0;

  const go = (wish: SearchWish) => {
    setWords('');
    setIsOpen(false);
    setActive(-1);
    input.current?.focus();
    onWish(wish);
  };
  const write = (value: string) => {
    setWords(value);
    setIsOpen(true);
    setActive(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      if (choices.length === 0) return;
      event.preventDefault();
      setIsOpen(true);
      const from = key === 'ArrowUp' && active < 0 ? 0 : active;
      setActive((from + (key === 'ArrowDown' ? 1 : -1) + choices.length) % choices.length);
    } else if (key === 'Escape' && (isShown || words !== '')) {
      event.preventDefault();
      if (isShown) setIsOpen(false);
      else setWords('');
      setActive(-1);
    } else if (key === 'Backspace' && words === '' && hasWish) onRemoveLast();
  };
  return (
    <search class="search-box">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const chosen = choices[active];
          if (isShown && chosen) go(chosen.wish);
          else if (words.trim() !== '') go(understand(words, things, today));
        }}
      >
        <div class="search-line">
          <Icon name="search" />
          <input
            ref={input}
            type="text"
            role="combobox"
            enterkeyhint="search"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            maxLength={400}
            aria-label={text.search.label}
            aria-expanded={isShown}
            aria-autocomplete="list"
            aria-controls={`${id}-list`}
            aria-activedescendant={isShown && active >= 0 ? `${id}-${active}` : undefined}
            placeholder={hasWish ? text.search.placeholderMore : text.search.placeholder}
            value={words}
            onInput={(event) => write(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            onFocus={() => setIsOpen(true)}
            onBlur={() => setIsOpen(false)}
          />
          {words !== '' || hasWish ? (
            <IconButton
              icon="close"
              label={text.search.clear}
              onClick={() => {
                setWords('');
                setActive(-1);
                input.current?.focus();
                if (words === '') onClear();
              }}
            />
          ) : null}
        </div>
      </form>
      <div
        id={`${id}-list`}
        class="search-choices"
        role="listbox"
        aria-label={text.search.suggestions}
        hidden={!isShown}
      >
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys.
          <div
            key={choice.key}
            id={`${id}-${index}`}
            class={index === active ? 'search-choice search-choice-active' : 'search-choice'}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            // Pressing must not take the focus from the field, which would close the list before the click.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => go(choice.wish)}
          >
            {choice.personId ? (
              <PersonFace personId={choice.personId} name={choice.words} size={32} />
            ) : (
              <span class="search-choice-icon">
                <Icon name={choice.icon} size={20} />
              </span>
            )}
            <span class="search-choice-words">{choice.words}</span>
            <span class="search-choice-about">{choice.about}</span>
          </div>
        ))}
      </div>
      <p class="unseen" role="status">
        {isShown ? text.search.suggestionCount(choices.length) : ''}
      </p>
    </search>
  );
}

/** What the words can mean: themselves, a date, names. */
function listChoices(words: string, things: readonly NamedThing[], today: string): Choice[] {
  const written = words.trim();
  if (written === '') return [];
  const choices: Choice[] = suggest(written, things, MOST_SUGGESTIONS).map(({ thing, rest }) => ({
    key: `${thing.kind} ${JSON.stringify(thing.wish)}`,
    icon: ICONS[thing.kind],
    ...(thing.personId !== undefined && { personId: thing.personId }),
    words: rest === '' ? thing.name : `${rest} · ${thing.name}`,
    about: text.search.kinds[thing.kind],
    wish: joinWishes(understand(rest, things, today), thing.wish),
  }));
  const date = readDatePhrase(written, today);
  if (date && date.rest === '')
    choices.unshift({
      key: 'date',
      icon: 'calendar',
      words: rangeWords(date.range),
      about: text.search.kinds.date,
      wish: { ...NO_WISH, ...date.range },
    });
  choices.push({
    key: 'text',
    icon: 'search',
    words: text.search.searchFor(written),
    about: '',
    wish: { ...NO_WISH, texts: [written] },
  });
  return choices;
}
