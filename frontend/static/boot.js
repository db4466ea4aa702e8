// Runs before the first paint and before the application, as a classic script.
(function () {
  "use strict";

  /** A preference as the application stores it: a JSON string under its own key. */
  function preference(key) {
    try {
      var text = window.localStorage.getItem(key);
      return text === null ? null : text.replace(/^"|"$/g, "");
    } catch (unavailable) {
      return null;
    }
  }

  var root = document.documentElement;
  var theme = preference("gestfg.theme");
  var dark = theme === "dark" || (theme !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  root.classList.toggle("pf-v6-theme-dark", dark);

  root.lang = preference("gestfg.language") === "en" ? "en" : "es";

  // The pages of the office are in a program of their own, so that nobody else downloads them
  // (`Route::is_office` in the application says the same). Both are fetched while the page is read.
  var here = document.currentScript;
  var program = /^\/(imports|admin)(\/|$)/.test(window.location.pathname) ? here.dataset.office : "gestfg";
  root.dataset.program = program;
  [
    { rel: "modulepreload", href: program + ".js" },
    { rel: "preload", href: program + "_bg.wasm", as: "fetch", type: "application/wasm", crossOrigin: "anonymous" },
  ].forEach(function (wanted) {
    var link = document.createElement("link");
    wanted.href = new URL(wanted.href, here.src).href;
    document.head.append(Object.assign(link, wanted));
  });

  // Our Content-Security-Policy refuses style attributes in markup, and browsers count
  // setAttribute("style", …) as markup. Components position menus that way; the style object
  // is the same thing through the door the policy allows to scripts we serve ourselves.
  var setAttribute = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (name === "style" && this.style) {
      this.style.cssText = value;
    } else {
      setAttribute.call(this, name, value);
    }
  };
})();
