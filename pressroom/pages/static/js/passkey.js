// A form with `data-passkey` is sent once a passkey answered its challenge: `get` signs, `create` makes a new passkey.
// The answer goes into the form's hidden fields, so that the server reads an ordinary form.

function bytes(text) {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(padded), (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function words(value) {
  return value ? value.split(" ") : [];
}

function credentials(form) {
  return words(form.dataset.credentials).map((id) => ({ type: "public-key", id: bytes(id) }));
}

async function confirmed(form) {
  const { response, rawId } = await navigator.credentials.get({
    publicKey: {
      challenge: bytes(form.dataset.challenge),
      rpId: form.dataset.rp,
      allowCredentials: credentials(form),
      userVerification: "required",
    },
  });
  return {
    credential: text(rawId),
    "authenticator-data": text(response.authenticatorData),
    "client-data": text(response.clientDataJSON),
    signature: text(response.signature),
  };
}

async function created(form) {
  const { response } = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(form.dataset.challenge),
      rp: { id: form.dataset.rp, name: form.dataset.rpName },
      user: { id: bytes(form.dataset.user), name: form.dataset.userName, displayName: form.dataset.displayName },
      pubKeyCredParams: words(form.dataset.algorithms).map((alg) => ({ type: "public-key", alg: Number(alg) })),
      excludeCredentials: credentials(form),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
    },
  });
  return { "client-data": text(response.clientDataJSON), attestation: text(response.attestationObject) };
}

function show(form, name) {
  const box = form.querySelector("[data-problems]");
  if (!box) return;
  const lines = [...box.querySelectorAll("[data-problem]")];
  const shown = lines.find((line) => line.dataset.problem === name) ?? lines.at(-1);
  for (const line of lines) line.hidden = line !== shown;
  box.hidden = false;
  box.focus();
}

async function send(event) {
  const form = event.currentTarget;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  try {
    if (!window.PublicKeyCredential) throw new DOMException("", "SecurityError");
    const answer = await (form.dataset.passkey === "create" ? created(form) : confirmed(form));
    for (const [name, value] of Object.entries(answer)) form.elements.namedItem(name).value = value;
    form.submit();
  } catch (error) {
    show(form, error.name);
  } finally {
    delete form.dataset.busy;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) form.addEventListener("submit", send);
