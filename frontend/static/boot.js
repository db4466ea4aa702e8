// Runs before the first paint and before the application, as a classic script.
(function () {
  "use strict";

  /** What the application keeps as JSON under a key; null for nothing, undefined without storage. */
  function preference(key) {
    try {
      var text = window.localStorage.getItem(key);
      return text === null ? null : text.replace(/^"|"$/g, "");
    } catch (unavailable) {
      return undefined;
    }
  }

  var root = document.documentElement;
  var theme = preference("gestfg.theme");
  var dark = theme === "dark" || (theme !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  root.classList.toggle("pf-v6-theme-dark", dark);

  root.lang = preference("gestfg.language") === "en" ? "en" : "es";

  // Three programs, so that nobody waits for pages of others: the office's, by its addresses
  // (`Route::program` in the application says the same), the one of students and tutors where
  // somebody is signed in, and the visitors'. Without storage nobody can tell: that takes all.
  var here = document.currentScript;
  var office = /^\/(imports|admin)(\/|$)/.test(window.location.pathname);
  var member = /^\/verification\/?$/.test(window.location.pathname);
  var signedIn = preference("gestfg.session");
  var program = "gestfg";
  if (office || signedIn === undefined) {
    program = here.dataset.office;
  } else if (signedIn || member) {
    program = here.dataset.member;
  }
  root.dataset.program = program;

  /** Has the browser fetch a program: at once, or when it has nothing better to do. */
  function fetchEarly(name, soon) {
    var files = [
      { rel: soon ? "prefetch" : "modulepreload", href: name + ".js" },
      { rel: soon ? "prefetch" : "preload", href: name + "_bg.wasm", as: "fetch", type: "application/wasm", crossOrigin: "anonymous" },
    ];
    if (name !== "gestfg") {
      files.push({ rel: soon ? "prefetch" : "preload", href: "member.css", as: "style" });
    }
    files.forEach(function (wanted) {
      var link = document.createElement("link");
      wanted.href = new URL(wanted.href, here.src).href;
      document.head.append(Object.assign(link, wanted));
    });
  }
  fetchEarly(program, false);

  // Whoever begins to log in will want the next program: it comes while they type.
  if (program !== here.dataset.member && !signedIn) {
    document.addEventListener("focusin", function begins(event) {
      if (/^(username|current-password)$/.test(event.target.autocomplete)) {
        document.removeEventListener("focusin", begins);
        fetchEarly(here.dataset.member, true);
      }
    });
  }

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
