import init from "./gestfg.js";

init({ module_or_path: new URL("./gestfg_bg.wasm", import.meta.url) }).catch((error) => {
  const notice = document.getElementById("loading");
  if (notice) {
    notice.textContent =
      document.documentElement.lang === "en"
        ? "GesTFG could not start in this browser. Update it, or reload the page."
        : "GesTFG no ha podido arrancar en este navegador. Actualícelo o recargue la página.";
  }
  throw error;
});
