#include "core/text.h"
#include "core/url.h"
#include "dcat/vocabulary.h"
#include "index/as_typed.h"
#include "web/calendar.h"
#include "web/facet_panel.h"
#include "web/pages.h"
#include "web/typography.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace moisson::web {
namespace {

struct SortChoice {
  search::Sort sort;
  std::string_view name;  // of the parameter
};

constexpr std::array<SortChoice, 5> sorts{{{search::Sort::relevance, "relevance"},
                                           {search::Sort::modified, "modified"},
                                           {search::Sort::created, "created"},
                                           {search::Sort::title, "title"},
                                           {search::Sort::popularity, "popularity"}}};

// Matches with nothing but blanks between them are one grain.
std::vector<search::Span> joined(const std::vector<search::Span>& pieces) {
  std::vector<search::Span> out;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const bool between =
        i > 0 && i + 1 < pieces.size() && pieces[i - 1].match && pieces[i + 1].match && trim(pieces[i].text).empty();
    const bool match = pieces[i].match || between;
    if (!out.empty() && out.back().match == match)
      out.back().text += pieces[i].text;
    else
      out.push_back({pieces[i].text, match});
  }
  return out;
}

void spans(const std::vector<search::Span>& pieces, std::string_view section, Model& model) {
  for (const auto& piece : joined(pieces))
    model.add(section).add(piece.match ? "MATCH" : "PLAIN").set("TEXT", shown(piece.text));
}

// The date that a reader should take the data by, and which one it is.
void dated(const Page& page, const search::Hit& hit, Model& model) {
  const auto row = [&](std::string_view key, const Moment& moment) {
    model.add("DATE")
        .set("LABEL", std::string(page.words()(key)))
        .set("ISO", format_moment(moment))
        .set("WHEN", when(page.words(), moment, page.now()));
  };
  if (hit.modified) return row("results.modified", *hit.modified);
  if (hit.issued) return row("results.issued", *hit.issued);
  row("results.changed", {hit.last_changed, Precision::second});
}

// When the source was seen to hold it: the time of the day is of no use once the day is over.
std::string seen_words(const Page& page, Instant seen) {
  return day_number(seen) == day_number(page.now()) ? std::string(page.words()("results.seen_today"))
                                                    : ago(page.words(), seen, page.now());
}

std::string found_in(const Words& words, const std::vector<std::string>& places) {
  std::string out;
  for (const auto& place : places) {
    if (!out.empty()) out += ", ";
    out += words.or_else("found." + place, place);
  }
  return out;
}

void card(const Page& page, const search::Hit& hit, std::optional<Instant> seen, Model& model) {
  const Words& words = page.words();
  const links::Links& links = page.context().links;
  if (hit.type != dcat::ResourceType::dataset)
    model.maybe("KIND", std::string(words("type." + std::string(to_string(hit.type)))));
  model.set("URL", page.local(links.dataset(hit.id))).maybe("TITLE_LANG", foreign_language(page, hit.title.language));
  if (hit.title_spans.empty())
    spans({{hit.title.value.empty() ? std::string(words("word.untitled")) : hit.title.value, false}}, "TITLE_SPAN",
          model);
  else
    spans(hit.title_spans, "TITLE_SPAN", model);
  if (!hit.publisher.empty()) model.maybe("PUBLISHER", shown(hit.publisher.front().label));
  if (!hit.snippet.empty() || !hit.description.value.empty()) {
    Model& snippet = model.add("SNIPPET");
    snippet.maybe("TEXT_LANG", foreign_language(page, hit.description.language));
    spans(hit.snippet.empty() ? std::vector<search::Span>{{shorten(hit.description.value, 180), false}} : hit.snippet,
          "SPAN", snippet);
  }
  model.maybe("FOUND_IN", found_in(words, hit.found_in));
  dated(page, hit, model);
  if (seen)
    model.add("SEEN")
        .set("ISO", format_rfc3339(*seen))
        .set("WHEN", seen_words(page, *seen))
        .show_if(day_number(*seen) == day_number(page.now()), "TODAY");
  if (!hit.formats.empty()) {
    Model& list = model.add("FORMATS");
    for (const auto& format : hit.formats)
      list.add("FORMAT").set("NAME", dcat::label("format", format, words.language()));
  }
  model.set("LICENCE", hit.licence ? hit.licence->label : std::string(words("word.not_stated_f")));
  model.set("SOURCE", shown(hit.source.label)).set("SOURCE_URL", page.local(links.source(hit.source.value)));
  if (hit.also_in.empty()) return;
  Model& also = model.add("ALSO").set("ALSO_COUNT", words.plural("results.also", hit.also_in.size()));
  for (const auto& copy : hit.also_in)
    also.add("COPY")
        .set("COPY_SOURCE", shown(copy.source.label))
        .set("COPY_URL", page.local(links.dataset(copy.id)))
        .show_if(&copy != &hit.also_in.front(), "COMMA");
}

// 1 … 4 5 6 … 107: the ends, the page and its neighbours.
void pager(const Page& page, const search::Query& query, std::uint32_t last, Model& model) {
  if (last < 2) return;
  Model& nav = model.add("PAGES");
  const auto address = [&](std::uint32_t n) { return page.to_search(links::at_page(query, n)); };
  if (query.page > 1) nav.add("PREVIOUS").set("URL", address(query.page - 1));
  std::set<std::uint32_t> numbers{1, last, query.page};
  if (query.page > 1) numbers.insert(query.page - 1);
  if (query.page < last) numbers.insert(query.page + 1);
  if (query.page == 1) numbers.insert(std::min(3u, last));
  std::uint32_t before = 0;
  for (std::uint32_t n : numbers) {
    if (n > before + 1) nav.add("PAGE").show("GAP");
    Model& link = nav.add("PAGE").add("LINK");
    link.set("URL", address(n)).set("NUMBER", number(page.words(), n)).show_if(n == query.page, "HERE");
    before = n;
  }
  if (query.page < last) nav.add("NEXT").set("URL", address(query.page + 1));
}

// What the form does not show but must not forget.
void hidden_fields(const search::Query& query, Model& model) {
  search::Query kept;
  kept.page_size = query.page_size;
  const std::string fields = links::query_string(kept);
  for (std::string_view pair : split(fields, '&')) {
    const std::size_t equals = pair.find('=');
    if (equals == pair.npos) continue;
    model.add("HIDDEN")
        .set("NAME", std::string(pair.substr(0, equals)))
        .set("VALUE", percent_decode(pair.substr(equals + 1), true));
  }
}

// The page's title: what was asked, and how much there is.
std::string title(const Words& words, const search::Query& query, const std::string& count) {
  if (query.text.empty()) return count;
  return words.fill("results.title", {{"q", shorten(query.text, 60)}, {"count", count}});
}

}  // namespace

http::Response results_page(const Page& page) {
  const Words& words = page.words();
  auto parsed = links::parse_query(page.request().query, page.language());
  if (!parsed) return page.failed(parsed.error());
  search::Query query = std::move(*parsed);
  query.cursor.reset();  // for programs that read everything; people have pages
  query.explain = false;
  if (query.page_size == 0) query.page_size = search::Query{}.page_size;
  const search::Query asked = query;
  const PanelView view = panel_view(page.request());
  query.facets = panel_fields();
  query.facet_size = panel_facet_size;

  const auto snapshot = page.context().slot.current();
  if (!snapshot) return page.failed(503);
  auto results = snapshot->search(query);
  if (!results) return page.failed(results.error());
  // What was typed is what was searched for, whatever is shown in its place; turning the page is not another search.
  const http::Act act = asked.page == 1 ? http::Act::search(asked.text, index::found_as_typed(*results)) : http::Act{};

  Model model;
  search::Query answered = asked;
  if (!results->did_you_mean.empty()) {
    answered.text = results->did_you_mean;
    model.set("MEANT", results->did_you_mean).set("MEANT_URL", page.to_search(links::at_page(answered, 1)));
    model.show(results->corrected ? "CORRECTED" : "SUGGESTED");
    if (!results->corrected) answered = asked;
  }
  if (results->words_matched != search::WordsMatched::all)
    model.show(results->words_matched == search::WordsMatched::most ? "MOST_WORDS" : "ANY_WORD");
  std::string also;
  for (const auto& words_for : results->also_searched) also += (also.empty() ? "" : ", ") + words_for;
  model.maybe("ALSO_SEARCHED", also);
  if (auto filled = fill_facets(*snapshot, query, view, *results); !filled) return page.failed(filled.error());
  model.set("Q", asked.text);
  hidden_fields(asked, model);
  const std::size_t chips = filter_chips(page, asked, *results, model);
  if (results->total == 0) return did(act, empty_page(page, *snapshot, asked, *results, model));

  const std::string count = words.plural("results.count", results->total);
  model.set("COUNT", count).show("SKIP_RESULTS");
  facet_panel(page, asked, *results, view, model);
  if (chips > 0) model.add("CLEAR").set("URL", page.to_search(links::without_filters(asked)));
  model.set("FILTER_BUTTON", chips == 0 ? std::string(words("results.filter"))
                                        : words.fill("results.filter_n", {{"n", number(words, chips)}}));
  for (const auto& choice : sorts)
    model.add("SORT")
        .set("KEY", std::string(choice.name))
        .set("LABEL", std::string(words("sort." + std::string(choice.name))))
        .show_if(choice.sort == asked.sort, "CHOSEN");

  const std::uint64_t first = std::uint64_t{query.page - 1} * query.page_size + 1;
  model.set("RANGE", words.fill("results.range", {{"from", number(words, first)},
                                                  {"to", number(words, first - 1 + results->hits.size())}}));
  if (first > 1) model.maybe("START", std::to_string(first));
  std::vector<std::uint64_t> rows;
  for (const auto& hit : results->hits) rows.push_back(hit.row);
  const auto seen = page.context().store.last_seen(rows);
  if (!seen) return page.failed(seen.error());
  std::string sightings;  // they move without a change of the index
  for (std::size_t i = 0; i < rows.size(); ++i) {
    card(page, results->hits[i], (*seen)[i], model.add("HIT"));
    if ((*seen)[i]) sightings += seen_words(page, *(*seen)[i]);
  }

  std::uint64_t last = (results->total + query.page_size - 1) / query.page_size;
  if (query.sort == search::Sort::relevance && !query.text.empty() &&
      last * query.page_size > search::max_relevance_depth) {
    last = search::max_relevance_depth / query.page_size;
    model.show_if(query.page == last, "TOO_DEEP");
  }
  pager(page, answered, static_cast<std::uint32_t>(last), model);
  const auto as = [&](std::string_view format) {
    return page.plain(page.context().links.search_as(links::at_page(answered, 1), format));
  };
  model.set("ATOM_URL", as("atom")).set("CSV_URL", as("csv")).set("JSON_URL", as("json")).set("TURTLE_URL", as("ttl"));
  model.add("ALTERNATE")
      .set("MEDIA_TYPE", "application/atom+xml")
      .set("TITLE", page.context().title)
      .set("URL", as("atom"));

  const std::string tag = page.etag({results->epoch, std::to_string(results->seq), page.request().target, sightings});
  return did(act, page.render("results.html", model,
                              {.title = title(words, asked, count),
                               .summary = words.fill("results.summary", {{"count", count}}),
                               .canonical = asked.filters.empty() && asked.text.empty() && asked.page == 1
                                                ? page.context().links.search({})
                                                : std::string(),
                               .section = Section::catalogue,
                               .section_is_page = true},
                              tag));
}

}  // namespace moisson::web
