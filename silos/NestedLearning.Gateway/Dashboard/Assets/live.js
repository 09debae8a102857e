"use strict";

// Reads the page again every two seconds, and replaces the parts that are marked live and have changed. What a reader is
// doing stays: focus, a selection, a hidden tab, and a pause.
(() => {
  const interval = 2000;
  const slowest = 30000;
  const state = document.getElementById("live");
  const pause = document.getElementById("pause");
  let wait = interval;
  let isPaused = false;
  let timer = 0;

  const plan = () => { timer = setTimeout(refresh, wait); };

  const say = (text, isBad) => {
    if (state.textContent !== text) {
      state.textContent = text;
    }

    state.classList.toggle("bad", isBad);
  };

  const isInUse = part => {
    const selection = document.getSelection();
    return selection !== null && !selection.isCollapsed && part.contains(selection.anchorNode);
  };

  const replace = (old, fresh) => {
    const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    old.replaceWith(document.adoptNode(fresh));
    if (focused !== null) {
      fresh.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
  };

  const show = page => {
    for (const fresh of page.querySelectorAll("[data-live]")) {
      const old = document.getElementById(fresh.id);
      if (old !== null && !old.isEqualNode(fresh) && !isInUse(old)) {
        replace(old, fresh);
      }
    }
  };

  async function refresh() {
    if (document.hidden) {
      plan();
      return;
    }

    try {
      const response = await fetch(location.href, { redirect: "manual", signal: AbortSignal.timeout(10000) });
      if (response.type === "opaqueredirect") {
        location.reload();
        return;
      }

      if (!response.ok) {
        throw new Error(response.statusText);
      }

      show(new DOMParser().parseFromString(await response.text(), "text/html"));
      wait = interval;
      say("Live", false);
    } catch {
      wait = Math.min(wait * 2, slowest);
      say("Not up to date", true);
    }

    if (!isPaused) {
      plan();
    }
  }

  pause.addEventListener("click", () => {
    isPaused = !isPaused;
    pause.setAttribute("aria-pressed", String(isPaused));
    clearTimeout(timer);
    if (isPaused) {
      say("Paused", false);
    } else {
      say("Live", false);
      refresh();
    }
  });

  state.hidden = false;
  pause.hidden = false;
  plan();
})();
