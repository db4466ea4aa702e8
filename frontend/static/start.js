// Which program has the page is decided in boot.js.
const program = document.documentElement.dataset.program;

/** The sheet of those who log in, after the one of every page; without it the page still works. */
function dress() {
  if (program === "gestfg") return undefined;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("./member.css", import.meta.url).href });
  return new Promise((done) => {
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}

async function start() {
  const [{ default: init }] = await Promise.all([import(`./${program}.js`), dress()]);
  await init({ module_or_path: new URL(`./${program}_bg.wasm`, import.meta.url) });
}

start().catch((error) => {
  const notice = document.getElementById("loading");
  if (notice) {
    notice.textContent =
      document.documentElement.lang === "en"
        ? "GesTFG could not start in this browser. Update it, or reload the page."
        : "GesTFG no ha podido arrancar en este navegador. Actualícelo o recargue la página.";
  }
  throw error;
});
