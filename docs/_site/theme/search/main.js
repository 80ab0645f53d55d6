/* Search that also works when a page is opened from a folder: mkdocs's own needs a server for its worker and its index. */
(function () {
  var input = document.getElementById("mkdocs-search-query");
  var list = document.getElementById("mkdocs-search-results");
  if (!input || !list) return;

  function load(path, then) {
    var script = document.createElement("script");
    script.src = base_url + "/search/" + path;
    script.onload = then;
    document.head.appendChild(script);
  }

  function add(parent, kind, text) {
    var made = parent.appendChild(document.createElement(kind));
    made.textContent = text;
    return made;
  }

  function begin() {
    var pages = {};
    var index = lunr(function () {
      this.ref("location");
      this.field("title", { boost: 10 });
      this.field("text");
      search_index.docs.forEach(function (each) { this.add(each); pages[each.location] = each; }, this);
    });

    function show() {
      list.textContent = "";
      var words = input.value.trim().split(/\W+/).filter(Boolean);
      var found = words.length ? index.query(function (asked) {
        words.forEach(function (word) {
          asked.term(lunr.tokenizer(word), { boost: 10 });
          asked.term(word.toLowerCase(), { wildcard: lunr.Query.wildcard.TRAILING });
        });
      }) : [];
      found.slice(0, 40).forEach(function (each) {
        var page = pages[each.ref], entry = list.appendChild(document.createElement("article"));
        add(add(entry, "h3", ""), "a", page.title).href = base_url + "/" + page.location;
        add(entry, "p", page.text.slice(0, 200));
      });
      if (!found.length) add(list, "p", "Nothing found.");
    }

    input.value = new URLSearchParams(location.search).get("q") || "";
    input.addEventListener("keyup", show);
    show();
  }

  load("lunr.js", function () { load("search_index.js", begin); });
})();
