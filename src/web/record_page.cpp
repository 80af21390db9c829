// One record as its portal gave it and as it became: for those who look after its source.
#include "core/text.h"
#include "web/calendar.h"
#include "web/care.h"
#include "web/leaves.h"
#include "web/sheet.h"
#include "web/typography.h"

namespace moisson::web {
namespace {

constexpr std::size_t shown_leaves = 500;
constexpr std::size_t shown_value = 500;      // bytes of one
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

}  // namespace

http::Response record_page(const Page& page) {
  const auto sheet = sheet_of(page);
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
  if (const auto outcome = harvest::record_outcome(http::first(page.request().query, "done")))
    model.add("DONE").set("TEXT", words.fill("care.read_again", {{"outcome", words("record." + std::string(to_string(*outcome)))}}));
  if (page.request().identity.may(http::Role::operator_, sheet->stored.source_id))
    model.add("CARE")
        .set("REFRESH_PATH", page.plain(links.page("/records/" + id + "/refresh")))
        .set("WITHDRAW_PATH", page.plain(links.page("/records/" + id + "/withdraw")));
  Model& before = model.add("SIDE");
  before.set("NAME", std::string(words("care.as_it_came")))
      .set("PLACE", raw->page_url + (raw->pointer.empty() ? "" : " " + raw->pointer))
      .set("KEY", "source");
  list(raw->bytes, before);
  Model& after = model.add("SIDE");
  after.set("NAME", std::string(words("care.as_it_became"))).set("PLACE", id).set("KEY", "notice");
  list(sheet->stored.json, after);
  return page.render("record.html", model, {.title = sheet->title(), .section = Section::sources});
}

}  // namespace moisson::web
