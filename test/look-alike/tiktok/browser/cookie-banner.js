// The cookie banner: a custom element with a tree of its own, over the lower half of the page.
(() => {
  const banner = document.querySelector("tiktok-cookie-banner");
  if (document.cookie.includes("cookie-consent=")) return banner.remove();
  const root = banner.attachShadow({ mode: "open" });
  root.innerHTML = `<div style="position:fixed;left:0;right:0;bottom:0;height:50vh;background:#fffe;z-index:8"><p>Allow the use of cookies?</p><button>Decline optional cookies</button><button>Allow all</button></div>`;
  for (const button of root.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      document.cookie = "cookie-consent=1; path=/; max-age=31536000";
      banner.remove();
    });
  }
})();
