#include "dcat/canonical_json.h"
#include "store/usage_book.h"
#include "web/calendar.h"
#include "web/hour_chart.h"
#include "web/pages.h"
#include "web/typography.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace moisson::web {
namespace {

using store::SubjectKind;
using store::SubjectTotal;
using store::UsageHour;

constexpr std::size_t listed_subjects = 10;

// One day (UTC) of the book, hour by hour.
struct UsageDay {
  Instant begin{};
  std::array<UsageHour, 24> hours{};
  UsageHour all;

  Instant end() const { return begin + std::chrono::days(1); }
};

Result<Instant> asked_day(const Page& page) {
  const std::string_view text = http::first(page.request().query, "day");
  if (text.empty()) return Instant(std::chrono::floor<std::chrono::days>(page.now()));
  const auto moment = parse_moment(text);
  if (!moment || moment->precision != Precision::day)
    return Error{ErrorCode::invalid_input, "not a day", "day", "write it as 2026-01-15"};
  return moment->instant;
}

Result<UsageDay> read_day(const store::UsageBook& book, Instant begin) {
  UsageDay day{.begin = begin};
  const auto kept = book.hours(day.begin, day.end());
  if (!kept) return kept.error();
  for (const UsageHour& hour : *kept) {
    day.hours[static_cast<std::size_t>((hour.hour - begin) / std::chrono::hours(1))] = hour;
    for (const auto family : store::client_families) day.all.of(family) += hour.of(family);
    for (std::size_t n = 0; n < store::time_classes; ++n) day.all.times[n] += hour.times[n];
  }
  return day;
}

std::string milliseconds(const Words& words, std::optional<std::chrono::microseconds> time) {
  return time ? decimal(words, static_cast<double>(time->count()) / 1000, 1) : std::string("–");
}

std::string share(const Words& words, std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "–";
  const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  return words.fill("stats.percent", {{"n", decimal(words, percent, 1)}});
}

std::string hour_words(const Words& words, std::size_t hour) {
  return words.fill("stats.hour", {{"h", std::to_string(hour)}});
}

void figures(const Words& words, const UsageDay& day, Model& model) {
  const auto total = day.all.total();
  const auto figure = [&](std::string_view key, std::string value) {
    model.add("FIGURE").set("LABEL", std::string(words(key))).set("VALUE", std::move(value));
  };
  const auto median = store::quantile(day.all.times, .5);
  figure("stats.searches", number(words, total.searches));
  figure("stats.median", median ? words.fill("stats.ms", {{"n", milliseconds(words, median)}}) : std::string("–"));
  figure("stats.without_result", share(words, total.without_result, total.searches));
  figure("stats.views", number(words, total.views));
  figure("stats.downloads", number(words, total.downloads));
}

void axis(const Words& words, double end, int digits, Model& chart) {
  for (const double part : {1.0, .5, 0.0})
    chart.add("TICK").set("VALUE", digits == 0 || part == 0 ? number(words, static_cast<std::uint64_t>(end * part))
                                                            : decimal(words, end * part, digits));
  for (const std::size_t hour : {0, 6, 12, 18, 24}) chart.add("HOUR").set("VALUE", hour_words(words, hour));
}

void searches_chart(const Words& words, const UsageDay& day, Model& chart) {
  std::array<double, 24> searches{};
  for (std::size_t hour = 0; hour < 24; ++hour) searches[hour] = static_cast<double>(day.hours[hour].total().searches);
  const auto most = std::max_element(searches.begin(), searches.end());
  const double end = axis_end(*most);
  axis(words, end, end < 2 ? 1 : 0, chart);
  bars(searches, end, chart);
  chart.set("LABEL", words.fill("stats.searches_label",
                                {{"most", number(words, static_cast<std::uint64_t>(*most))},
                                 {"hour", hour_words(words, static_cast<std::size_t>(most - searches.begin()))}}));
}

void times_chart(const Words& words, const UsageDay& day, Model& chart) {
  std::array<std::optional<double>, 24> medians, slowest;
  double most = 0;
  for (std::size_t hour = 0; hour < 24; ++hour) {
    const auto& times = day.hours[hour].times;
    const auto median = store::quantile(times, .5), slow = store::quantile(times, .99);
    if (!median || !slow) continue;
    medians[hour] = static_cast<double>(median->count()) / 1000;
    slowest[hour] = static_cast<double>(slow->count()) / 1000;
    most = std::max(most, *slowest[hour]);
  }
  const double end = axis_end(most);
  axis(words, end, end < 2 ? 1 : 0, chart);
  chart.set("MEDIAN", line(medians, end)).set("SLOWEST", line(slowest, end));
  chart.set("LABEL",
            words.fill("stats.times_label", {{"median", milliseconds(words, store::quantile(day.all.times, .5))},
                                             {"slowest", milliseconds(words, store::quantile(day.all.times, .99))}}));
}

void hour_table(const Words& words, const UsageDay& day, Model& model) {
  for (std::size_t hour = 0; hour < 24; ++hour) {
    const UsageHour& row = day.hours[hour];
    const auto total = row.total();
    model.add("ROW")
        .set("HOUR", hour_words(words, hour))
        .set("REQUESTS", number(words, total.requests))
        .set("SEARCHES", number(words, total.searches))
        .set("WITHOUT", share(words, total.without_result, total.searches))
        .set("MEDIAN", milliseconds(words, store::quantile(row.times, .5)))
        .set("SLOWEST", milliseconds(words, store::quantile(row.times, .99)))
        .set("VIEWS", number(words, total.views))
        .set("DOWNLOADS", number(words, total.downloads));
  }
}

// A bar a family, as wide as its share of the requests, and the row of the table beside it.
void families(const Words& words, const UsageDay& day, Model& model) {
  const auto total = day.all.total();
  std::string label;
  for (std::size_t n = 0; n < store::client_families.size(); ++n) {
    const auto family = store::client_families[n];
    const auto& counts = day.all.of(family);
    const std::string name(words("family." + std::string(to_string(family))));
    const double width =
        total.requests == 0 ? 0 : 100.0 * static_cast<double>(counts.requests) / static_cast<double>(total.requests);
    model.add("BAR").set("Y", std::to_string(2 + 20 * n)).set("WIDTH", fmt::format("{:.1f}", width));
    model.add("FAMILY")
        .set("NAME", name)
        .set("REQUESTS", number(words, counts.requests))
        .set("SEARCHES", number(words, counts.searches))
        .set("VIEWS", number(words, counts.views))
        .set("DOWNLOADS", number(words, counts.downloads));
    if (!label.empty()) label += ", ";
    label += name + " " + share(words, counts.requests, total.requests);
  }
  model.set("LABEL", label);
}

void queries(const Page& page, const std::vector<SubjectTotal>& found, std::string_view section, Model& model) {
  if (found.empty()) return;
  Model& table = model.add(section);
  for (const SubjectTotal& total : found) {
    search::Query query;
    query.text = total.subject;
    table.add("QUERY")
        .set("TEXT", total.subject)
        .set("URL", page.to_search(query))
        .set("TIMES", number(page.words(), section == "MISSING" ? total.without_result : total.times))
        .set("ISO", format_moment({total.since, Precision::day}))
        .set("SINCE", date(page.words(), {total.since, Precision::day}));
  }
}

// Records that were removed since are left out: there is nothing to lead to.
void records(const Page& page, const std::vector<SubjectTotal>& found, std::string_view section, Model& model) {
  Model table;
  for (const SubjectTotal& total : found) {
    const auto stored = page.context().store.record(total.subject);
    if (!stored) continue;
    const auto record = dcat::from_json(stored->json);
    if (!record) continue;
    const LangString* title = best(dcat::resource(*record).title, page.words().language());
    Model& row = table.add("RECORD");
    row.set("TITLE", title == nullptr ? std::string(page.words()("word.untitled")) : shown(title->value))
        .set("URL", page.local(page.context().links.dataset(stored->id)))
        .set("TIMES", number(page.words(), total.times));
    if (title != nullptr) row.maybe("TITLE_LANG", foreign_language(page, title->language));
  }
  if (!table.sections().empty()) model.add(section) = std::move(table);
}

}  // namespace

http::Response stats_page(const Page& page) {
  const Words& words = page.words();
  const auto begin = asked_day(page);
  if (!begin) return page.failed(begin.error());
  const store::UsageBook& book = page.context().store.usage();
  const auto day = read_day(book, *begin);
  if (!day) return page.failed(day.error());

  Model model;
  const std::string iso = format_moment({day->begin, Precision::day});
  model.set("LEAD", words.fill("stats.lead", {{"day", date(words, {day->begin, Precision::day})}}))
      .set("DAY", iso)
      .set("VISITORS", number(words, store::visitors_needed))
      .set("STATS_PATH", page.plain(page.context().links.page("/stats")))
      .set("CLIENTS_URL", page.local(page.context().links.page("/stats/clients")))
      .set("CSV_URL", page.plain(page.context().links.page("/api/v1/stats.csv?from=" + iso + "&to=" + iso)))
      .set("JSON_URL", page.plain(page.context().links.page("/api/v1/stats?from=" + iso + "&to=" + iso)));
  if (day->all.total() == store::UsageCounts{}) {
    model.show("NOTHING");
  } else {
    Model& shown_day = model.add("COUNTED");
    figures(words, *day, shown_day);
    searches_chart(words, *day, shown_day.add("SEARCHES_CHART"));
    times_chart(words, *day, shown_day.add("TIMES_CHART"));
    hour_table(words, *day, shown_day);
    families(words, *day, shown_day.add("FAMILIES"));
    for (const auto& [kind, section] :
         {std::pair{SubjectKind::query, "TOP"}, {SubjectKind::view, "VIEWED"}, {SubjectKind::download, "DOWNLOADED"}}) {
      const auto found = book.top(kind, day->begin, day->end(), listed_subjects);
      if (!found) return page.failed(found.error());
      if (kind == SubjectKind::query)
        queries(page, *found, section, shown_day);
      else
        records(page, *found, section, shown_day);
    }
    const auto missing = book.missing(day->begin, day->end(), listed_subjects);
    if (!missing) return page.failed(missing.error());
    queries(page, *missing, "MISSING", shown_day);
  }
  return page.render("stats.html", model,
                     {.title = std::string(words("stats.title")),
                      .summary = std::string(words("stats.summary")),
                      .canonical = page.context().links.page("/stats"),
                      .section = Section::stats,
                      .section_is_page = true});
}

}  // namespace moisson::web
