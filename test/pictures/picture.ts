import type { Page } from 'playwright-core';
import type { DemoBox } from './demo-box.ts';

/** One picture of the page. */
export interface Picture {
  /** The file's name, before its width and theme. */
  name: string;
  /** An address of the page, or what finds it once the box is full. */
  path: string | ((box: DemoBox) => Promise<string>);
  /** What to do on the page before the picture is taken; resolves when it looks as it should. */
  prepare?: (page: Page, box: DemoBox) => Promise<void>;
  /** What the page meets before it is opened, such as answers that do not come. */
  arrange?: (page: Page) => Promise<unknown>;
  /** `nobody` looks without a session. Default: the person who looks after the box. */
  as?: 'nobody' | { email: string; password: string };
}
