#include "api/ckan_actions.h"
#include "core/json.h"
#include "dcat/vocabulary_tables.h"

namespace moisson::api::ckan {

Outcome<ResultBody> license_list(const Call&) {
  json::Writer out;
  out.begin_array();
  for (const auto& licence : dcat::all_licences()) {
    const std::string_view conforms = licence.open ? "approved" : "not reviewed";
    out.begin_object().field("id", licence.key).field("title", licence.label).field("url", licence.iri);
    out.field("status", "active").field("od_conformance", conforms).field("osd_conformance", "not reviewed");
    out.key("domain_data").boolean(true).key("domain_content").boolean(false).key("domain_software").boolean(false);
    out.field("family", "").key("is_generic").boolean(licence.iri.empty()).field("maintainer", "");
    out.key("isopen").boolean(licence.open).end_object();
  }
  out.end_array();
  return ResultBody(out.take());
}

Outcome<ResultBody> vocabulary_list(const Call&) { return ResultBody("[]"); }

// No ckan_version: clients that branch on it would take us for what we are not.
Outcome<ResultBody> status_show(const Call& call) {
  json::Writer out;
  out.begin_object().field("site_title", call.context.title).field("site_description", "");
  out.field("site_url", call.context.links.base()).key("error_emails_to").null();
  out.field("locale_default", call.context.language).key("extensions").begin_array().end_array().end_object();
  return ResultBody(out.take());
}

// Gone from CKAN 2.11, and still what older clients ask first.
Outcome<ResultBody> site_read(const Call&) { return ResultBody("true"); }

Outcome<ResultBody> help_show(const Call& call) {
  const auto name = call.parameters.text("name");
  if (name.empty()) return validation("name", "Missing value");
  const auto* action = action_named(name);
  if (!action) return not_found();
  json::Writer out;
  out.string(action->help);
  return ResultBody(out.take());
}

}  // namespace moisson::api::ckan
