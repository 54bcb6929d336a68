// Before the page is there: the look and the language that were chosen here. The server's policy allows no script within the page.
(() => {
  const root = document.documentElement;
  try {
    const scheme = localStorage.getItem('ringdesk.scheme');
    if (scheme === 'dark' || scheme === 'light') root.dataset.scheme = scheme;
    const language = localStorage.getItem('ringdesk.language') || navigator.language;
    root.lang = /^ru/i.test(language) ? 'ru' : 'en';
  } catch {
    // Without a storage: as the system has it.
  }
})();
