// What the sign-in pages run: sends the form, and goes on when the person has signed in by other means.
(() => {
  const wanted = new URLSearchParams(location.search).get("redirect_url") ?? "";
  // Only a path of this site is gone to.
  const target = new URL(wanted === "" ? "/foryou" : wanted, location.origin);
  const goOn = () => location.assign(target.origin === location.origin ? target.href : "/foryou");

  document.querySelector("form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });

  async function send() {
    const [username, password] = [...document.querySelectorAll("input")].map((each) => each.value);
    const response = await fetch("/passport/web/user/login/", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username, password }),
    });
    const answer = await response.json();
    if (answer.message === "success") return goOn();
    document.querySelector("[data-e2e=login-error-tip]").textContent = answer.data.description;
  }
  void fetch("/_look-alike/wait?for=sign-in").then((response) => response.ok && goOn());
})();
