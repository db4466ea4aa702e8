// Reports to hand in: PDFs of one page of text, and invented words to fill them with.

/** So many invented words, others for each number. */
export function words(number, count) {
  const syllables = ["ba", "ce", "di", "fo", "gu", "lan", "me", "ni", "nor", "pu", "ra", "se", "ti", "vo", "zu", "cla"];
  let state = (number * 747796405 + 1) >>> 0;
  const syllable = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return syllables[state >>> 28];
  };
  return Array.from({ length: count }, () => syllable() + syllable() + syllable()).join(" ");
}

/** A PDF that says this, twelve words a line; `ballast` are bytes it carries and nobody sees. */
export function pdf(text, ballast) {
  const all = text.split(" ");
  const lines = [];
  for (let at = 0; at < all.length; at += 12) lines.push(all.slice(at, at + 12).join(" "));
  const content = `BT /F1 8 Tf 10 TL 40 800 Td ${lines.map((line) => `(${line}) Tj T*`).join("\n")} ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ...(ballast ? [`<</Length ${ballast.length}>>\nstream\n${ballast.toString("latin1")}\nendstream`] : []),
  ];
  let file = "%PDF-1.7\n";
  const places = objects.map((object, at) => {
    const place = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = file.length;
  const entries = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}`;
  file += `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}

/** Hands a report in as somebody who may. */
export async function handIn(server, client, request, bytes) {
  const answer = await fetch(
    `${server.url}/api/v1/evaluation-requests/${request}/documents?kind=report&file_name=memoria.pdf&override_reason=Ensayo`,
    { method: "POST", headers: { authorization: `Bearer ${client.token}` }, body: bytes },
  );
  if (answer.status !== 201) throw new Error(`not handed in: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
