"use strict";
// Everything works without this file; it only saves taps.
const words = (en, zh) => (document.documentElement.classList.contains("zh") ? zh : en);

const pick = (area) => {
  area.focus({ preventScroll: true });
  area.select();
  area.setSelectionRange(0, area.value.length);
};

const copy = async (area) => {
  if (window.isSecureContext && navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(area.value);
      return true;
    } catch {
      // Not allowed here: the older way below still may.
    }
  }
  pick(area);
  try {
    return document.execCommand("copy") === true;
  } catch {
    return false;
  }
};

for (const area of document.querySelectorAll("textarea[readonly]")) {
  area.addEventListener("click", () => {
    if (area.selectionStart === area.selectionEnd) pick(area);
  });
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const area = document.getElementById(button.dataset.copy);
  const state = document.querySelector(`[data-for="${button.dataset.copy}"]`);
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copy(area);
    state.dataset.state = done ? "copied" : "press";
    state.textContent = done
      ? words("Copied.", "已复制。")
      : words("The text is selected: press Copy.", "文字已选中，请点“拷贝”。");
  });
}

// The share sheet, where the browser has it for files: only over HTTPS. Fetching takes longer than a tap counts, so
// it takes two: one to fetch, one to share. Files alone are shared: with a text beside them phones leave some out.
const most = 150 * 1024 * 1024;
for (const button of document.querySelectorAll("button[data-share]")) {
  const links = [...document.querySelectorAll("a[data-file]")];
  const total = links.reduce((sum, link) => sum + Number(link.dataset.size), 0);
  const probe = new File([new Blob(["x"])], "x.jpg", { type: "image/jpeg" });
  if (!navigator.share || !navigator.canShare || !navigator.canShare({ files: [probe] })) continue;
  if (total > most) continue;
  const state = document.querySelector('[data-for="share"]');
  const tell = (text) => (state.textContent = text);
  let files = null;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (files === null) {
      button.disabled = true;
      try {
        const fetched = [];
        for (const [index, link] of links.entries()) {
          tell(
            words(
              `Loading ${index + 1} of ${links.length} …`,
              `正在载入 ${index + 1}/${links.length}……`,
            ),
          );
          const answer = await fetch(link.href);
          if (!answer.ok) throw new Error(String(answer.status));
          fetched.push(new File([await answer.blob()], link.download, { type: link.dataset.type }));
        }
        files = fetched;
        button.textContent = words("Now: open the share sheet", "现在：打开分享菜单");
        tell(
          words("Choose Save Video or Save Images there.", "在菜单里选“存储视频”或“存储图像”。"),
        );
      } catch {
        tell(words("That did not work. Save each file below.", "载入失败，请在下面逐个保存。"));
      }
      button.disabled = false;
      return;
    }
    button.disabled = true;
    // Some phones never say how sharing ended.
    const awake = setTimeout(() => (button.disabled = false), 3000);
    try {
      await navigator.share({ files });
      tell(words("Done.", "完成。"));
    } catch (error) {
      if (error.name !== "AbortError") {
        tell(words("That did not work. Save each file below.", "分享失败，请在下面逐个保存。"));
      }
    }
    clearTimeout(awake);
    button.disabled = false;
  });
}

// A second tap while the first is on its way would only ask the same again.
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button"))
      setTimeout(() => (button.disabled = true));
  });
}
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form button")) button.disabled = false;
});
