// What the profile page runs in the browser: asks for posts while it is scrolled, and shows what lies over it.
(() => {
  const { nonce, secUid, count, handle, reposts, signedIn } = document.currentScript.dataset;
  const grid = document.querySelector("[data-e2e=user-post-item-list]");
  const end = document.querySelector(".end");
  const state = { cursor: "0", more: true, loading: false, failures: 0, covered: 0, asked: 0 };
  const shown = new Set();

  if (!document.cookie.includes("s_v_web_id=")) {
    document.cookie = `s_v_web_id=verify_${nonce.slice(0, 8)}_AbCdEfGh; path=/; max-age=31536000`;
  }

  async function signature(query) {
    const bytes = new TextEncoder().encode(nonce + query);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [...digest]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("")
      .slice(0, 28);
  }

  async function ask(path, more) {
    state.asked++;
    const query = new URLSearchParams({
      aid: "1988",
      app_language: "en",
      app_name: "tiktok_web",
      browser_language: navigator.language,
      browser_online: "true",
      channel: "tiktok_web",
      cookie_enabled: String(navigator.cookieEnabled),
      count,
      coverFormat: "2",
      data_collection_enabled: "true",
      device_platform: "web_pc",
      focus_state: String(document.hasFocus()),
      from_page: "user",
      history_len: String(history.length),
      is_page_visible: String(document.visibilityState === "visible"),
      language: "en",
      needPinnedItemIds: "true",
      post_item_list_request_type: "0",
      region: "US",
      screen_height: String(screen.height),
      screen_width: String(screen.width),
      secUid,
      tz_name: Intl.DateTimeFormat().resolvedOptions().timeZone,
      user_is_login: signedIn,
      WebIdLastTime: `170000${state.asked}`,
      ...more,
    });
    const text = query.toString();
    return fetch(`${path}?${text}&X-Bogus=${await signature(text)}`);
  }

  function append(items) {
    for (const item of items) {
      if (shown.has(item.id)) continue;
      shown.add(item.id);
      const kind = item.imagePost === undefined ? "video" : "photo";
      const card = document.createElement("div");
      card.innerHTML = `<div data-e2e="user-post-item"><a><img loading="lazy" alt=""></a></div><div data-e2e="user-post-item-desc"></div>`;
      card.querySelector("a").href = `/@${item.author?.uniqueId ?? handle}/${kind}/${item.id}`;
      const cover = item.video?.cover ?? "";
      if (cover !== "") card.querySelector("img").src = cover;
      card.lastChild.textContent = item.desc;
      grid.append(card);
    }
  }

  async function load() {
    if (state.loading || !state.more || state.covered > 0) return;
    state.loading = true;
    let useless = true;
    try {
      const response = await ask("/api/post/item_list/", { cursor: state.cursor });
      const over = response.headers.get("x-look-alike-over");
      if (response.headers.get("bdturing-verify") !== null) showCaptcha(over === "older");
      if (over === "sign-in") showSignIn(false);
      if (over === "sign-in-closable") showSignIn(true);
      if (over === "panel") showPanel();
      // What lies over the page goes on by itself once it is gone.
      useless = over === null;
      const text = await response.text();
      const data = text === "" ? {} : JSON.parse(text);
      if (Array.isArray(data.itemList) && (data.statusCode ?? 0) === 0) {
        append(data.itemList);
        state.cursor = data.cursor;
        state.more = data.hasMore;
        state.failures = 0;
        useless = false;
      }
    } catch {
      // A page that is no JSON or a line that broke is a failure like the others.
    }
    state.loading = false;
    if (!useless && state.covered === 0) watch();
    if (!useless) return;
    state.failures++;
    if (state.failures >= 3 || shown.size === 0) showPanel();
  }

  const observer = new IntersectionObserver(
    (entries) => entries.some((entry) => entry.isIntersecting) && void load(),
    { rootMargin: "300px" },
  );

  // Observing anew tells at once whether the end is still in sight. After a failure nothing is
  // asked until the end leaves the sight and comes back.
  function watch() {
    observer.unobserve(end);
    observer.observe(end);
  }

  function cover(html) {
    const layer = document.createElement("div");
    layer.innerHTML = html;
    document.body.append(layer);
    document.body.style.overflow = "hidden";
    state.covered++;
    return {
      layer,
      remove() {
        if (!layer.isConnected) return;
        layer.remove();
        state.covered--;
        if (state.covered === 0) document.body.style.overflow = "";
        state.failures = 0;
        watch();
      },
    };
  }

  async function waitFor(what) {
    const response = await fetch(`/_look-alike/wait?for=${what}`);
    return response.ok;
  }

  function showCaptcha(older) {
    if (document.querySelector("[data-captcha]") !== null) return;
    const inside = `<span>Drag the slider to fit the puzzle</span><div class="track"><button id="captcha_slide_button" class="secsdk-captcha-drag-icon">→</button></div>`;
    const { layer, remove } = cover(
      older
        ? `<div class="cover-all" data-captcha><div id="captcha_container"><div class="captcha_verify_container">${inside}</div></div></div>`
        : `<div class="cover-all TUXModal-overlay" data-captcha><div class="TUXModal captcha-verify-container" role="dialog"><div id="captcha-verify-container-main-page" class="cap-flex" role="main" aria-modal="true">${inside}</div></div></div>`,
    );
    const button = layer.querySelector("button");
    let from = null;
    button.addEventListener("pointerdown", (event) => {
      from = event.clientX;
      button.setPointerCapture(event.pointerId);
    });
    button.addEventListener("pointermove", (event) => {
      if (from !== null) button.style.left = `${Math.max(0, event.clientX - from)}px`;
    });
    button.addEventListener("pointerup", (event) => {
      if (from !== null && event.clientX - from > 150) {
        void fetch("/captcha/verify", { method: "POST" });
      }
      from = null;
    });
    void waitFor("captcha").then((solved) => solved && remove());
  }

  function showSignIn(closable) {
    if (document.querySelector("[data-e2e=login-modal]") !== null) return;
    const close = closable
      ? `<button data-e2e="modal-close-inner-button" aria-label="Close">×</button>`
      : "";
    const back = encodeURIComponent(location.pathname);
    const { layer, remove } = cover(
      `<div class="cover-all TUXModal-overlay"><div id="login-modal" data-e2e="login-modal" role="dialog" aria-modal="true"><div id="loginContainer">${close}<h2>Log in to TikTok</h2><a data-e2e="channel-item" href="/login/phone-or-email/email?redirect_url=${back}">Use phone / email / username</a></div></div></div>`,
    );
    layer.querySelector("button")?.addEventListener("click", remove);
    void waitFor("sign-in").then((signed) => signed && location.reload());
  }

  function showPanel() {
    if (document.querySelector(".DivErrorContainer") !== null) return;
    const panel = document.createElement("main");
    panel.className = "DivErrorContainer";
    panel.innerHTML =
      "<p>Something went wrong</p><p>Sorry about that! Please try again later.</p><button>Retry</button>";
    end.before(panel);
    state.covered++;
    panel.querySelector("button").addEventListener("click", () => {
      panel.remove();
      state.covered--;
      state.failures = 0;
      void load();
    });
  }

  watch();
  if (Number(reposts) > 0) void ask("/api/repost/item_list/", { cursor: "0" });
})();
