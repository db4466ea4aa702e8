// Which program has the page is decided in boot.js.
const program = document.documentElement.dataset.program;

async function start() {
  const { default: init } = await import(`./${program}.js`);
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
