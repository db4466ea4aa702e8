// The API as a test uses it beside the browser: to prepare, and to look at the outbox.

/** A client that speaks as one person. */
export async function apiAs(url, person) {
  const opened = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login: person.login, password: person.password }),
  });
  if (!opened.ok) throw new Error(`${person.login} cannot log in: ${opened.status} ${await opened.text()}`);
  const { access_token: token } = await opened.json();

  async function request(method, path, body, headers = {}) {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  return {
    token,
    get: (path) => request("GET", path),
    post: (path, body, headers) => request("POST", path, body, headers),
    put: (path, body, headers) => request("PUT", path, body, headers),
    patch: (path, body, headers) => request("PATCH", path, body, headers),
  };
}

/** The one-time link in the latest mail with one to somebody, waiting a moment for it to be written. */
export async function lastMailLink(admin, recipient, kind) {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const { items } = await admin.get(`/outbox?q=${encodeURIComponent(recipient)}&limit=50`);
    const mails = items
      .filter((mail) => mail.recipient.toLowerCase() === recipient.toLowerCase())
      .filter((mail) => kind === undefined || mail.kind === kind)
      .sort((one, other) => other.created_at.localeCompare(one.created_at));
    for (const mail of mails) {
      const link = /https?:\/\/\S+\/set-password\?token=[^\s)>"]+/.exec(mail.body)?.[0];
      if (link) return link;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no mail with a link to ${recipient}`);
}

/** Asks again and again until it is so; fails after 40 s with what was waited for. */
export async function until(what, isSo, report = () => "") {
  const deadline = Date.now() + 40_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within 40 s\n${report()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
