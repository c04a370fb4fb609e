import type { Page } from 'playwright-core';
import { BOX_PICTURES } from './box-pictures.ts';
import { EXPLORE_PICTURES } from './explore-pictures.ts';
import type { Picture } from './picture.ts';
import { SHARING_PICTURES } from './sharing-pictures.ts';
import { STATE_PICTURES } from './state-pictures.ts';
import { TIDY_PICTURES } from './tidy-pictures.ts';

const photosShown = async (page: Page) => {
  await page.locator('.tile-shown').nth(3).waitFor();
  await page.waitForTimeout(700);
};

/** Every picture that `npm run pictures` writes. A new screen adds its states here. */
export const PICTURES: readonly Picture[] = [
  { name: 'sign-in', path: '/', as: 'nobody' },
  { name: 'timeline', path: '/', prepare: photosShown },
  {
    name: 'timeline-chosen',
    path: '/',
    prepare: async (page) => {
      await photosShown(page);
      for (const index of [1, 2, 4]) {
        await page.locator('.tile').nth(index).focus();
        await page.keyboard.press(' ');
      }
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'timeline-scrubber',
    path: '/',
    prepare: async (page) => {
      await photosShown(page);
      await page.getByRole('slider').focus();
      for (const _ of [1, 2]) await page.keyboard.press('ArrowDown');
      await page.waitForTimeout(900);
    },
  },
  {
    name: 'more',
    path: '/',
    prepare: async (page) => {
      await photosShown(page);
      const more = page.locator('.bottom-bar button');
      if (await more.isVisible()) await more.click();
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'account',
    path: '/',
    prepare: async (page) => {
      await photosShown(page);
      await page.getByRole('button', { name: 'Account of' }).click();
      await page.waitForTimeout(200);
    },
  },
  {
    name: 'viewer',
    path: async (box) => `/photos/${await box.findAsset('IMG_20261010_002.jpg')}`,
    prepare: async (page) => {
      await page.locator('img.stage-shown').waitFor();
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'viewer-info',
    path: async (box) => `/photos/${await box.findAsset('IMG_20260822_002.jpg')}`,
    prepare: async (page) => {
      await page.locator('img.stage-shown').waitFor();
      await page.getByRole('button', { name: 'About this photo' }).click();
      await page.getByText('Kept safe').waitFor();
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'viewer-edit',
    path: async (box) => `/photos/${await box.findAsset('IMG_20261018_001.jpg')}`,
    prepare: async (page) => {
      await page.locator('img.stage-shown').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Crop and turn' }).click();
      await page.getByRole('button', { name: 'Turn', exact: true }).waitFor();
      await page.getByLabel('Shape').selectOption('square');
      await page.waitForTimeout(600);
    },
  },
  {
    name: 'viewer-share',
    path: async (box) => `/photos/${await box.findAsset('IMG_20261018_001.jpg')}`,
    prepare: async (page) => {
      await page.locator('img.stage-shown').waitFor();
      await page.getByRole('button', { name: 'Share with a link' }).click();
      await page.waitForTimeout(400);
    },
  },
  { name: 'favourites-empty', path: '/favourites' },
  { name: 'archive-empty', path: '/archive' },
  { name: 'upload', path: '/upload' },
  { name: 'not-found', path: '/nowhere' },
  ...BOX_PICTURES,
  ...SHARING_PICTURES,
  ...EXPLORE_PICTURES,
  ...TIDY_PICTURES,
  ...STATE_PICTURES,
];
