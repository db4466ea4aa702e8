// Cuts the fonts of PatternFly down to what the interface can show.
// usage: node subset-fonts.mjs <fonts of patternfly> <out> <file with the icon code points, hexadecimal>
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import subsetFont from "subset-font";

const [fonts, out, iconFile] = process.argv.slice(2);

/** Basic Latin, Latin-1 and Latin Extended-A, and the marks our texts use. */
function latin() {
  let text = "–—‘’‚“”„†•…‰‹›€™←↑→↓≤≥≠−×·";
  for (let point = 0x20; point < 0x180; point += 1) text += String.fromCodePoint(point);
  return text;
}

const icons = (await readFile(iconFile, "utf8"))
  .split(/\s+/)
  .filter(Boolean)
  .map((hex) => String.fromCodePoint(Number.parseInt(hex, 16)))
  .join("");
const weights = { variationAxes: { wght: { min: 400, max: 700 } } };

const plan = [
  ["RedHatText/RedHatTextVF.woff2", "red-hat-text.woff2", latin(), weights],
  ["RedHatText/RedHatTextVF-Italic.woff2", "red-hat-text-italic.woff2", latin(), weights],
  ["RedHatMono/RedHatMonoVF.woff2", "red-hat-mono.woff2", latin(), weights],
  ["webfonts/fa-solid-900.woff2", "icons.woff2", icons, {}],
];

await mkdir(out, { recursive: true });
for (const [source, target, text, options] of plan) {
  const font = await subsetFont(await readFile(join(fonts, source)), text, { targetFormat: "woff2", ...options });
  await writeFile(join(out, target), font);
}
