import { type ComponentChildren, type ComponentType, h } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { RequestProblem } from '../api.ts';
import { loadStyle } from '../styles.ts';
import { text } from '../text.ts';
import { ErrorState } from './states.tsx';

export interface LazyProps<Props> {
  /** The name of the file, without its ending; its stylesheet is found by it. */
  name: string;
  load: () => Promise<ComponentType<Props>>;
  props: Props;
  /** Drawn until it is here. */
  waiting?: ComponentChildren;
}

/** What has arrived before is drawn at once. */
const arrived = new Map<string, unknown>();

/** For what came with the page itself: it is drawn at once, like all that has arrived before. */
export function bringAlong<Props>(name: string, component: ComponentType<Props>): void {
  arrived.set(name, component);
}

/** Draws a component that comes as a chunk of its own, with its style. */
export function Lazy<Props extends object>({ name, load, props, waiting }: LazyProps<Props>) {
  const [, setTurn] = useState(0);
  const [isMissing, setIsMissing] = useState(false);
  const Component = arrived.get(name) as ComponentType<Props> | undefined;

  const fetchIt = useCallback(async () => {
    setIsMissing(false);
    try {
      const [component] = await Promise.all([load(), loadStyle(name)]);
      arrived.set(name, component);
      setTurn((turn) => turn + 1);
    } catch (error) {
      // import() rejects with a TypeError when the file does not arrive.
      if (!(error instanceof TypeError)) throw error;
      setIsMissing(true);
    }
  }, [name]);

  useEffect(() => {
    if (!arrived.has(name)) void fetchIt();
  }, [name, fetchIt]);

  if (Component) return h(Component as ComponentType<object>, props);
  if (isMissing)
    return (
      <ErrorState problem={new RequestProblem(0, text.kit.screenMissing)} onRetry={() => location.reload()} />
    );
  return <>{waiting}</>;
}
