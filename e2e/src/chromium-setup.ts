import { ensureChromium } from './browser.ts'

/** Once before all browser tests: a machine without a browser gets one, or a sentence that says what to do. */
export default function setup(): void {
  ensureChromium()
}
