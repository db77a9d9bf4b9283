// One stream of events for all tabs of this browser: HTTP/1.1 allows six connections to a host, and each tab would take
// one. The tab that holds the lock opens the stream and passes each event on to the others.
const channel = new BroadcastChannel("pressroom-events");
const listeners = new Map();

function tell(event) {
  for (const listener of listeners.get(event.name) ?? []) listener(event.data);
}

function open() {
  return new Promise(() => {
    const stream = new EventSource("/events");
    const pass = (name) => (event) => {
      const message = { name, data: event.data ? JSON.parse(event.data) : {} };
      tell(message);
      channel.postMessage(message);
    };
    stream.onopen = pass("open");
    stream.onerror = pass("lost");
    for (const name of ["hello", "changed", "saved", "drawn", "stuck", "tick", "making", "made", "signed", "returned", "recalled", "confirmed"])
      stream.addEventListener(name, pass(name));
  });
}

/** Call `listener` with the data of each event of this name. */
export function on(name, listener) {
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

channel.onmessage = (message) => tell(message.data);
navigator.locks.request("pressroom-events", open);
