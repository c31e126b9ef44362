// The secret stands behind #, where no server sees it. It goes on in a form, and out of the history.
const secret = window.location.hash.slice(1);
if (secret) {
    window.history.replaceState(null, "", window.location.pathname);
    document.getElementById("kod").value = secret;
    document.getElementById("podglad").submit();
}
