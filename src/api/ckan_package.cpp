#include "api/ckan_package.h"

#include "api/ckan_date.h"
#include "api/ckan_extras.h"
#include "api/ckan_field.h"
#include "api/ckan_resource.h"
#include "api/ckan_text.h"
#include "core/text.h"
#include "core/url.h"
#include "dcat/canonical_json.h"
#include "dcat/vocabulary.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>

namespace moisson::api::ckan {
namespace {

using search::Field;

void write_text(json::Writer& out, std::string_view key, std::string_view text) {
  out.key(key);
  text.empty() ? out.null() : out.string(text);
}

std::string type_of(const Package& package) {
  return shown("type", {std::string(dcat::to_string(package.card.type)), ""}).name;
}

void write_organization(json::Writer& out, const Package& package) {
  out.key("organization");
  const auto& publishers = package.card[Field::publisher];
  if (publishers.empty()) {
    out.null();
    return;
  }
  const auto organization = shown("organization", publishers.front());
  out.begin_object().field("id", organization.name).field("name", organization.name);
  out.field("title", organization.display_name).field("type", "organization").field("description", "");
  out.field("image_url", "").key("created").null().key("is_organization").boolean(true);
  out.field("approval_status", "approved").field("state", "active").end_object();
}

void write_groups(json::Writer& out, const Package& package, const Context& context) {
  out.key("groups").begin_array();
  for (const auto& theme : package.card[Field::theme]) {
    const auto group = shown("groups", {theme.value, dcat::label("theme", theme.value, context.language)});
    out.begin_object().field("id", group.name).field("name", group.name).field("title", group.display_name);
    out.field("display_name", group.display_name).field("description", "").field("image_display_url", "").end_object();
  }
  out.end_array();
}

void write_tags(json::Writer& out, const Package& package) {
  out.key("tags").begin_array();
  for (const auto& keyword : package.card[Field::keyword]) {
    const auto tag = shown("tags", keyword);
    out.begin_object().field("id", tag.name).field("name", tag.name).field("display_name", tag.display_name);
    out.field("state", "active").key("vocabulary_id").null().end_object();
  }
  out.end_array();
}

void write_licence(json::Writer& out, const Package& package) {
  const auto& licences = package.card[Field::licence];
  const auto stated = dcat::licence_of(package.record);
  const auto* known = stated ? dcat::licence(*stated) : nullptr;
  write_text(out, "license_id", licences.empty() ? std::string_view{} : licences.front().value);
  write_text(out, "license_title", licences.empty() ? std::string_view{} : licences.front().label);
  if (stated && is_web_url(stated->iri))
    out.field("license_url", stated->iri);
  else if (known && !known->iri.empty())
    out.field("license_url", known->iri);
  out.key("isopen").boolean(known && known->open);
}

void write_people(json::Writer& out, const Package& package, const Context& context) {
  const auto& resource = dcat::resource(package.record);
  const auto* author = resource.creator.empty() ? nullptr : &resource.creator.front();
  const auto* contact = resource.contact_point.empty() ? nullptr : &resource.contact_point.front();
  write_text(out, "author", author ? text_of(author->name, package, context) : std::string_view{});
  write_text(out, "author_email", author ? std::string_view(author->email) : std::string_view{});
  write_text(out, "maintainer", contact ? text_of(contact->name, package, context) : std::string_view{});
  write_text(out, "maintainer_email", contact ? std::string_view(contact->email) : std::string_view{});
}

struct FlatField {
  std::string_view name;
  void (*write)(json::Writer&, const Package&, const Context&);
};

void write_names(json::Writer& out, std::string_view ckan_field, const index::Values& values) {
  out.begin_array();
  for (const auto& value : values) out.string(shown(ckan_field, value).name);
  out.end_array();
}

constexpr std::array<FlatField, 19> flat_fields{{
    {"id", [](auto& out, auto& package, auto&) { out.string(package.stored.id); }},
    {"name", [](auto& out, auto& package, auto&) { out.string(package.stored.id); }},
    {"title", [](auto& out, auto& package,
                 auto& context) { out.string(text_of(dcat::resource(package.record).title, package, context)); }},
    {"notes", [](auto& out, auto& package,
                 auto& context) { out.string(text_of(dcat::resource(package.record).description, package, context)); }},
    {"url", [](auto& out, auto& package, auto&) { out.string(package.card.landing_page); }},
    {"organization",
     [](auto& out, auto& package, auto&) {
       const auto& publishers = package.card[Field::publisher];
       publishers.empty() ? out.null() : out.string(shown("organization", publishers.front()).name);
     }},
    {"owner_org",
     [](auto& out, auto& package, auto&) {
       const auto& publishers = package.card[Field::publisher];
       publishers.empty() ? out.null() : out.string(shown("organization", publishers.front()).name);
     }},
    {"groups", [](auto& out, auto& package, auto&) { write_names(out, "groups", package.card[Field::theme]); }},
    {"tags", [](auto& out, auto& package, auto&) { write_names(out, "tags", package.card[Field::keyword]); }},
    {"res_format",
     [](auto& out, auto& package, auto&) { write_names(out, "res_format", package.card[Field::format]); }},
    {"license_id",
     [](auto& out, auto& package, auto&) {
       const auto& licences = package.card[Field::licence];
       licences.empty() ? out.null() : out.string(licences.front().value);
     }},
    {"metadata_created",
     [](auto& out, auto& package, auto&) { out.string(format_rfc3339(package.stored.first_seen)); }},
    {"metadata_modified",
     [](auto& out, auto& package, auto&) { out.string(format_rfc3339(package.stored.last_changed)); }},
    {"type", [](auto& out, auto& package, auto&) { out.string(type_of(package)); }},
    {"dataset_type", [](auto& out, auto& package, auto&) { out.string(type_of(package)); }},
    {"state", [](auto& out, auto&, auto&) { out.string("active"); }},
    {"num_resources", [](auto& out, auto& package, auto&) { out.unsigned_integer(resource_count(package)); }},
    {"num_tags", [](auto& out, auto& package, auto&) { out.unsigned_integer(package.card[Field::keyword].size()); }},
    {"private", [](auto& out, auto&, auto&) { out.boolean(false); }},
}};

}  // namespace

Result<Package> PackageReader::read(std::string_view id) {
  auto stored = context_.store.record(id);
  if (!stored) return stored.error();
  auto record = dcat::from_json(stored->json);
  if (!record) return record.error();
  index::Entry entry;
  entry.id = stored->id;
  entry.source_id = stored->source_id;
  entry.source_title = source_title(stored->source_id);
  entry.remote_id = stored->remote_id;
  entry.record = std::move(*record);
  entry.first_seen = stored->first_seen;
  entry.last_changed = stored->last_changed;
  auto card = index::card_of(entry);
  return Package{std::move(*stored), std::move(entry.record), std::move(card)};
}

const std::string& PackageReader::source_title(const std::string& id) {
  for (const auto& [known, title] : titles_)
    if (known == id) return title;
  const auto status = context_.store.source(id);
  titles_.emplace_back(id, status ? status->source.title : id);
  return titles_.back().second;
}

void write_package(json::Writer& out, const Package& package, const Context& context) {
  const auto& resource = dcat::resource(package.record);
  const auto resources = resource_count(package);
  const auto ids = resource_ids(package);
  out.begin_object().field("id", package.stored.id).field("name", package.stored.id);
  out.field("title", text_of(resource.title, package, context));
  out.field("notes", text_of(resource.description, package, context));
  const auto words = words_language(package, context);
  write_translations(out, "title_translated", resource.title, words);
  write_translations(out, "notes_translated", resource.description, words);
  write_tag_translations(out, resource.keyword, words);
  write_text(out, "url", package.card.landing_page);
  write_text(out, "version", resource.version);
  write_people(out, package, context);
  write_licence(out, package);
  out.key("private").boolean(false).field("state", "active").field("type", type_of(package));
  const auto& publishers = package.card[Field::publisher];
  write_text(out, "owner_org", publishers.empty() ? std::string() : shown("organization", publishers.front()).name);
  out.key("creator_user_id").null();
  out.field("metadata_created", format_date(package.stored.first_seen));
  out.field("metadata_modified", format_date(package.stored.last_changed));
  out.key("num_resources").unsigned_integer(resources);
  out.key("num_tags").unsigned_integer(package.card[Field::keyword].size());
  write_organization(out, package);
  write_groups(out, package, context);
  write_tags(out, package);
  out.key("resources").begin_array();
  for (std::size_t i = 0; i < resources; ++i) write_resource(out, package, i, ids[i], context);
  out.end_array();
  write_extras(out, package, context);
  out.key("relationships_as_subject").begin_array().end_array();
  out.key("relationships_as_object").begin_array().end_array().end_object();
}

void write_flat(json::Writer& out, const Package& package, const std::vector<std::string>& fields,
                const Context& context) {
  const auto extras = extras_of(package, context);
  std::set<std::string_view> written;
  out.begin_object();
  for (const std::string_view field : fields) {
    if (!written.insert(field).second) continue;
    const auto* known =
        std::find_if(flat_fields.begin(), flat_fields.end(), [&](const auto& row) { return row.name == field; });
    if (known != flat_fields.end()) {
      out.key(field);
      known->write(out, package, context);
      continue;
    }
    const auto key = field.starts_with("extras_") ? field.substr(7) : field;
    const auto extra = std::find_if(extras.begin(), extras.end(), [&](const auto& each) { return each.key == key; });
    if (extra != extras.end()) out.field(field, extra->value);
  }
  out.end_object();
}

}  // namespace moisson::api::ckan
