// The service worker: Angular's, for the files of the page only. Pictures of products come from anywhere; the worker may load
// nothing but from here, so it leaves them to the page, which may. What talks to the server is none of its business either.
self.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== self.location.origin || /^\/(?:api|health|socket\.io)\//.test(pathname))
    event.stopImmediatePropagation();
});
importScripts('./ngsw-worker.js');
