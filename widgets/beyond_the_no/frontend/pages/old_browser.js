/* Run by browsers that know no modules, and by no others: in words that they know. */
document.getElementById("old-browser").hidden = false;
