// Buttons that copy the field they name; without scripts the field itself can be selected.
for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    field.addEventListener("focus", () => field.select());
    button.hidden = false;
    button.addEventListener("click", async () => {
        field.select();
        try {
            await navigator.clipboard.writeText(field.value);
        } catch {
            // Pages without HTTPS have no clipboard of their own.
            document.execCommand("copy");
        }
        button.querySelector("span").textContent = button.dataset.copied;
    });
}
