// Runs before the first paint, so that a chosen theme does not flash in the other one. A file of its own, because the
// content security policy allows no inline script. The key and the attribute are those of src/app/ui/theme.ts.
try {
  const theme = localStorage.getItem('lonja.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden here: the page follows the system.
}
