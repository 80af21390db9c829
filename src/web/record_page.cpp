// One record as its portal gave it and as it became, or that it is gone: for those who look after its source.
#include "core/text.h"
#include "store/title.h"
#include "web/calendar.h"
#include "web/care.h"
#include "web/harvest_words.h"
#include "web/leaves.h"
#include "web/sheet.h"
#include "web/typography.h"

#include <charconv>
#include <optional>

namespace moisson::web {
namespace {

constexpr std::size_t shown_leaves = 500;
constexpr std::size_t shown_others = 20;
constexpr std::size_t shown_value = 500;       // bytes of one
constexpr std::size_t shown_bytes = 64 << 10;  // of what is no JSON

void list(std::string_view json, Model& side) {
  const auto document = json::Document::parse(json);
  if (!document) {
    side.add("TEXT").set("BYTES", std::string(cut(json, shown_bytes)));
    return;
  }
  Model& facts = side.add("LEAVES");
  for (const Leaf& leaf : leaves(document->root(), shown_leaves))
    facts.add("LEAF").set("POINTER", leaf.pointer).set("VALUE", std::string(cut(leaf.value, shown_value)));
}

std::string path(const Page& page, const std::string& id, std::string_view what) {
  return page.plain(page.context().links.page("/records/" + id + "/" + std::string(what)));
}

// Of a record that is no longer here, only that it was, and what may still be done.
http::Response gone(const Page& page, const std::string& id) {
  const auto standing = page.context().store.standing(id);
  if (!standing) return page.failed(standing.error());
  const auto source = page.context().store.source(standing->source_id);
  if (!source) return page.failed(source.error());
  const Words& words = page.words();
  const std::string state = standing->released ? "released" : standing->withdrawn ? "withdrawn" : "removed";
  const Instant since = standing->withdrawn.value_or(standing->removed.value_or(page.now()));
  Model model;
  model.set("SOURCE", shown(source->source.title))
      .set("SOURCE_URL", page.local(page.context().links.source(standing->source_id)))
      .set("ID", id)
      .set("TEXT", words.fill("gone." + state, {{"when", when_in_text(words, since, page.now())}}));
  const auto offer = [&](const std::string& what) {
    model.add("OFFER")
        .set("PATH", path(page, id, what))
        .set("LABEL", std::string(words("gone." + what)))
        .set("NOTE", std::string(words("gone." + what + ".note")));
  };
  const http::Identity& reader = page.request().identity;
  if (state == "removed" && reader.may(http::Role::operator_, standing->source_id)) offer("withdraw");
  if (state == "withdrawn" && reader.may(http::Role::administrator)) offer("release");
  if (state == "withdrawn" && !reader.may(http::Role::administrator)) model.show("WHO");
  return page.render("record_gone.html", model,
                     {.title = std::string(words("gone.title")), .section = Section::sources});
}

void refreshed(const Page& page, const std::string& id, Model& model) {
  const auto refresh = page.context().control.refreshed(id);
  if (!refresh) return;
  const Words& words = page.words();
  if (!refresh->ended) {
    model.add("READING").set("AGAIN_URL", page.local(page.context().links.page("/records/" + id)));
  } else if (refresh->error) {
    model.add("NOT_READ").set("DETAIL", refresh->error->message).maybe("HINT", refresh->error->hint);
  } else {
    const std::string outcome(words("record." + std::string(to_string(*refresh->outcome))));
    model.add("DONE").set("TEXT", words.fill("care.read_again", {{"outcome", outcome}}));
  }
}

// What is held to be one thing with it, and what a person parted from it.
Result<void> family(const Page& page, const Sheet& sheet, Model& model) {
  const std::string& id = sheet.stored.id;
  const auto apart = page.context().store.separated_from(id);
  if (!apart) return apart.error();
  if (sheet.family.empty() && apart->empty()) return {};
  const bool may = page.request().identity.may(http::Role::operator_, sheet.stored.source_id);
  Model& section = model.add("FAMILY");
  const auto add = [&](const store::StoredRecord& other, std::string_view what) -> Result<void> {
    const auto source = page.context().store.source(other.source_id);
    if (!source) return source.error();
    Model& row = section.add("ROW");
    row.set("NAME", shown(store::title_of(other.json)))
        .set("URL", page.local(page.context().links.dataset(other.id)))
        .set("PORTAL", shown(source->source.title))
        .show_if(what == "join", "APART");
    if (may)
      row.add("OFFER")
          .set("PATH", path(page, id, what))
          .set("OTHER", other.id)
          .set("LABEL", std::string(page.words()("care." + std::string(what))));
    return {};
  };
  std::vector<std::pair<std::string, std::string_view>> others;
  for (const auto& copy : sheet.family) others.emplace_back(copy.id, "separate");
  for (const auto& other : *apart) others.emplace_back(other, "join");
  if (others.size() > shown_others) others.resize(shown_others);
  for (const auto& [other, what] : others) {
    const auto stored = page.context().store.record(other);
    if (stored) {
      if (const auto added = add(*stored, what); !added) return added.error();
    }
  }
  return {};
}

// What a page shows of both sides, the one as it came.
void came(const Page& page, const harvest::RawSource& raw, Model& model) {
  Model& side = model.add("SIDE");
  side.set("NAME", std::string(page.words()("care.as_it_came")))
      .set("PLACE", raw.page_url + (raw.pointer.empty() ? "" : " " + raw.pointer))
      .set("KEY", "source");
  list(raw.bytes, side);
}

void became(const Page& page, const store::StoredRecord& stored, Model& model) {
  Model& side = model.add("SIDE");
  side.set("NAME", std::string(page.words()("care.as_it_became"))).set("PLACE", stored.id).set("KEY", "notice");
  list(stored.json, side);
}

template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

void why(const Words& words, const harvest::JobRecord& row, Model& model) {
  if (row.cause.empty()) return;
  CauseWords text = cause_words(words, row.cause);
  Model& reason = model.add("WHY");
  reason.set("LABEL", std::move(text.label)).set("EXPLANATION", std::move(text.explanation)).maybe("PLACE", row.place);
  if (!row.message.empty()) reason.add("MESSAGE").set("MESSAGE", row.message).maybe("REMEDY", row.hint);
  reason.maybe("FIX", std::move(text.fix));
}

}  // namespace

http::Response report_row_page(const Page& page) {
  const auto& captures = page.request().captures;
  const auto id = number_in<std::int64_t>(http::first(captures, "id"));
  const auto n = number_in<std::uint64_t>(http::first(captures, "n"));
  if (!id || !n) return page.failed(404);
  const store::Store& store = page.context().store;
  const auto job = store.job(*id);
  if (!job) return page.failed(job.error());
  const auto source = store.source(job->source_id);
  if (!source) return page.failed(source.error());
  const auto entry = store.job_record(*id, *n);
  if (!entry) return page.failed(entry.error());
  const auto stored = store.record(entry->record.record_id);
  auto raw = entry->raw;
  if (!raw && stored)
    if (auto kept = store.raw(stored->id)) raw = std::move(*kept);

  const Words& words = page.words();
  const StateWord outcome = state_word(words, entry->record.outcome);
  const std::string title =
      entry->record.title.empty() ? std::string(words("word.untitled")) : shown(entry->record.title);
  Model model;
  model.set("HEADING", title)
      .set("OUTCOME", outcome.word)
      .set("MARK", outcome.mark)
      .set("SOURCE", shown(source->source.title))
      .set("SOURCE_URL", page.local(page.context().links.source(job->source_id)))
      .set("JOB", words.fill("source.harvest_n", {{"n", number(words, static_cast<std::uint64_t>(*id))}}))
      .set("JOB_URL", page.local(page.context().links.job(*id)))
      .maybe("REMOTE_ID", std::string(cut(entry->record.remote_id, 120)))
      .show_if(!raw || !stored, "NOTHING");
  why(words, entry->record, model);
  if (raw) came(page, *raw, model);
  if (stored) became(page, *stored, model);
  return page.render("report_row.html", model, {.title = title, .section = Section::sources});
}

http::Response record_page(const Page& page) {
  const auto sheet = sheet_of(page);
  if (!sheet && sheet.error().code == ErrorCode::cancelled)
    return gone(page, std::string(http::first(page.request().captures, "id")));
  if (!sheet) return page.failed(sheet.error());
  const Words& words = page.words();
  const links::Links& links = page.context().links;
  const std::string& id = sheet->stored.id;
  const auto raw = page.context().store.raw(id);
  if (!raw) return page.failed(raw.error());
  Model model;
  model.set("HEADING", sheet->title())
      .set("SOURCE", shown(sheet->source.source.title))
      .set("SOURCE_URL", page.local(links.source(sheet->stored.source_id)))
      .set("RECORD_URL", page.local(links.dataset(id)))
      .set("SEEN", words.fill("care.seen", {{"when", when_in_text(words, sheet->stored.last_seen, page.now())}}));
  refreshed(page, id, model);
  if (const auto told = family(page, *sheet, model); !told) return page.failed(told.error());
  if (page.request().identity.may(http::Role::operator_, sheet->stored.source_id))
    model.add("CARE").set("REFRESH_PATH", path(page, id, "refresh")).set("WITHDRAW_PATH", path(page, id, "withdraw"));
  came(page, *raw, model);
  became(page, sheet->stored, model);
  return page.render("record.html", model, {.title = sheet->title(), .section = Section::sources});
}

}  // namespace moisson::web
