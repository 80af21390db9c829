// Registering a portal, and the settings of one that is registered: describe, then foresee (plan_page.cpp), then submit.
#include "web/care.h"
#include "web/form.h"
#include "web/harvest_words.h"
#include "web/source_form.h"
#include "web/typography.h"
#include "web/visible_source.h"

#include "http/problem.h"
#include "http/query_string.h"

namespace moisson::web {
namespace {

// The first step: which kind of portal, and where.
http::Response choose_kind(const Page& page) {
  Model model;
  Model& choice = model.add("CHOOSE");
  choice.set("PATH", page.plain(page.context().links.page("/sources/new")))
      .set("URL", std::string(http::first(page.request().query, "url")));
  bool first = true;
  for (const auto* harvester : harvest::all_harvesters()) {
    const std::string key = "kind." + std::string(harvester->kind()) + ".hint";
    choice.add("KIND")
        .set("VALUE", std::string(harvester->kind()))
        .set("NAME", kind_word(page.words(), harvester->kind()))
        .set("HINT", std::string(page.words().or_else(key, harvester->documentation())))
        .show_if(std::exchange(first, false), "CHECKED");
  }
  return page.render("source_form.html", model,
                     {.title = std::string(page.words()("form.new_title")), .section = Section::sources});
}

// The form itself. `id` empty: of a source that is not registered yet.
http::Response form(const Page& page, const std::string& id, const std::string& name, const harvest::Harvester& kind,
                    const http::Parameters& values, const Error* wrong) {
  const Words& words = page.words();
  const links::Links& links = page.context().links;
  std::vector<std::string> kept;
  if (!id.empty()) {
    auto names = page.context().store.secret_names(id);
    if (!names) return page.failed(names.error());
    kept = std::move(*names);
  }
  Model model;
  Model& described = model.add("DESCRIBE");
  described.set("PATH", page.plain(links.page(id.empty() ? "/sources/new" : "/sources/" + id + "/settings")))
      .set("KIND", std::string(kind.kind()))
      .set("KIND_NAME", kind_word(words, kind.kind()));
  if (id.empty()) {
    Model& field = described.add("NEW");
    field.set("ID", std::string(http::first(values, "id")));
    if (wrong != nullptr && wrong->where == "id")
      field.add("FAULTY").set(
          "MESSAGE", std::string(words(wrong->code == ErrorCode::conflict ? "form.wrong.id_taken" : "form.wrong.id")));
  } else {
    described.add("OLD").set("SOURCE", name).set("SOURCE_URL", page.local(links.source(id)));
  }
  const bool told = show_source_form(words, kind, values, kept, wrong, described);
  if (wrong != nullptr)
    described.add("TROUBLE").maybe("DETAIL", told || wrong->where == "id" ? std::string() : wrong->message);
  const std::string title =
      id.empty() ? std::string(words("form.new_title")) : words.fill("form.settings_title", {{"name", name}});
  return page.render("source_form.html", model, {.title = title, .section = Section::sources}, {},
                     wrong == nullptr ? 200 : http::status_of(wrong->code));
}

}  // namespace

http::Response new_source_page(const Page& page) {
  const auto& query = page.request().query;
  const harvest::Harvester* kind = harvest::find_harvester(http::first(query, "kind"));
  if (kind == nullptr) return choose_kind(page);
  harvest::HarvestSource blank;
  blank.kind = kind->kind();
  blank.url = http::first(query, "url");
  blank.timezone = "Europe/Paris";
  blank.language = page.context().language;
  return form(page, {}, {}, *kind, source_parameters(blank), nullptr);
}

http::Response register_source(const Page& page) {
  const auto sent = http::parse_query_string(page.request().body);
  if (!sent) return page.failed(sent.error());
  const harvest::Harvester* kind = harvest::find_harvester(http::first(*sent, "kind"));
  if (kind == nullptr) return choose_kind(page);
  auto& control = page.context().control;
  const std::string id(http::first(*sent, "id"));
  const auto source = control.add_source(id, read_source_form(*sent, *kind), page.request().identity.account);
  if (!source) {
    // That the id is taken is told of the id's field.
    Error wrong = source.error();
    if (wrong.code == ErrorCode::conflict) wrong.where = "id";
    return form(page, {}, {}, *kind, *sent, &wrong);
  }
  // What would be taken is shown at once: nobody should have to ask for it. Where it cannot be, the source's page says so.
  const auto plan = control.begin_preview(*source, 0);
  return see(page, plan ? "/plans/" + plan->id : "/sources/" + source->id);
}

http::Response settings_page(const Page& page) {
  const auto status = visible_source(page, http::first(page.request().captures, "id"));
  if (!status) return page.failed(status.error());
  const harvest::Harvester* kind = harvest::find_harvester(status->source.kind);
  if (kind == nullptr) return page.failed(404);
  return form(page, status->source.id, shown(status->source.title), *kind, source_parameters(status->source), nullptr);
}

http::Response change_settings(const Page& page) {
  const auto status = visible_source(page, http::first(page.request().captures, "id"));
  if (!status) return page.failed(status.error());
  const harvest::Harvester* kind = harvest::find_harvester(status->source.kind);
  if (kind == nullptr) return page.failed(404);
  const auto sent = http::parse_query_string(page.request().body);
  if (!sent) return page.failed(sent.error());
  const std::string& id = status->source.id;
  const auto changed = page.context().control.change_source(id, read_source_form(*sent, *kind));
  if (!changed) {
    const Error wrong = changed.error();
    return form(page, id, shown(status->source.title), *kind, *sent, &wrong);
  }
  return see(page, "/sources/" + id);
}

}  // namespace moisson::web
