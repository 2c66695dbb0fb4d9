/* A page asks again for a script that was lost on the way: this one was not. */
/** @type {HTMLScriptElement} */ (document.currentScript).dataset.ran = "yes";
