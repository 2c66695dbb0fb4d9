(function(){document.getElementById("old-browser").hidden=!1;})();
