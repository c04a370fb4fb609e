import type { IncomingHttpHeaders } from 'node:http';

/** How a session is described to its owner; empty when the device does not say. */
export interface Device {
  /** The browser, or the phone's model. */
  deviceType: string;
  deviceOs: string;
  /** The version of the phone app; null for everything else. */
  appVersion: string | null;
}

/** First match wins: every Chromium says Chrome, every Chrome says Safari, and every Android says Linux. */
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\b(?:iPhone|iPad|iPod)\b|^immich[-_]ios/i, 'iOS'],
  [/\bAndroid\b|^immich[-_]android/i, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/** Longer descriptions are cut: they are shown in a list, and anybody can send anything. */
const LONGEST = 100;

/** What a request's headers say about the device it comes from. The app sends its model and system by name. */
export function describeDevice(headers: IncomingHttpHeaders): Device {
  const userAgent = headers['user-agent'] ?? '';
  const find = (rules: readonly [RegExp, string][]) => rules.find(([rule]) => rule.test(userAgent))?.[1];
  return {
    deviceType: find(BROWSERS) ?? plainText(headers['devicemodel']),
    deviceOs: plainText(headers['devicetype']) || (find(SYSTEMS) ?? ''),
    appVersion: readAppVersion(userAgent),
  };
}

/** The version that the phone app puts into its User-Agent; null for other clients. */
export const readAppVersion = (userAgent: string | undefined): string | null =>
  /^immich[-_](?:android|ios)[/_](\d[\w.+-]{0,30})/i.exec(userAgent ?? '')?.[1] ?? null;

const plainText = (value: string | string[] | undefined): string =>
  (Array.isArray(value) ? value.join(' ') : (value ?? ''))
    .replace(/[\u0000-\u001f\u007f]/g, '')
    .slice(0, LONGEST);
