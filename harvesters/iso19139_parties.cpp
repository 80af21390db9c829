#include "harvesters/iso19139_parties.h"

#include "core/text.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::harvesters {
namespace {

using xml::Element;

constexpr std::size_t max_agents = 1'000;

struct Party {
  std::string role;
  dcat::Agent agent;
  dcat::ContactPoint contact;
  Iso19139Reader::Elements of_agent, of_contact;  // where they stand
};

Party party_of(Iso19139Reader& reader, const Element& responsible) {
  Party made;
  const std::size_t since = reader.consumed().size();
  const Element* role = responsible.child("role");
  made.role = reader.take(role);
  const Element* organisation = responsible.child("organisationName");
  made.agent.name = reader.words(organisation, 1'000);
  made.agent.iri = Iso19139Reader::href(organisation);
  if (made.agent.name.empty()) made.agent.name = reader.words(responsible.child("individualName"), 1'000);
  made.contact.name = made.agent.name;
  made.contact.email = reader.take(responsible.first("contactInfo/CI_Contact/address/*/electronicMailAddress"));
  if (iequals_ascii(std::string_view(made.contact.email).substr(0, 7), "mailto:")) made.contact.email.erase(0, 7);
  made.agent.email = made.contact.email;
  made.of_agent = reader.hold(since);
  made.contact.telephone = reader.take(responsible.first("contactInfo/CI_Contact/phone/*/voice"));
  if (const Element* page = responsible.first("contactInfo/CI_Contact/onlineResource/CI_OnlineResource/linkage")) {
    if (auto link = reader.link(page)) made.contact.url = std::move(link->value);
  }
  made.of_contact = reader.hold(since);
  made.of_contact.insert(made.of_contact.end(), made.of_agent.begin(), made.of_agent.end());
  return made;
}

}  // namespace

void fill_parties(dcat::Resource& out, Iso19139Reader& reader, const Element& metadata, const Element& info) {
  std::vector<Party> parties;
  const auto take = [&](const Element& from, std::string_view path) {
    for (const Element* responsible : from.all(path)) parties.push_back(party_of(reader, *responsible));
  };
  take(info, "pointOfContact/*");
  take(info, "citation/*/citedResponsibleParty/*");
  const std::size_t of_resource = parties.size();
  take(metadata, "contact/*");
  take(metadata, "distributionInfo/*/distributor/*/distributorContact/*");

  const auto add = [&](std::vector<dcat::Agent>& agents, const Party& party) {
    if (party.agent.name.empty()) return;
    if (std::find(agents.begin(), agents.end(), party.agent) == agents.end()) {
      if (agents.size() == max_agents) return;
      agents.push_back(party.agent);
    }
    reader.consume(party.of_agent);
  };
  for (const std::string_view role :
       {"publisher", "owner", "custodian", "resourceProvider", "distributor", "pointOfContact", ""}) {
    for (const Party& party : parties) {
      if (out.publisher.empty() && (role.empty() || party.role == role)) add(out.publisher, party);
    }
  }
  for (const Party& party : parties) {
    if (party.role == "publisher") add(out.publisher, party);
    if (party.role == "author") add(out.creator, party);
  }
  const auto contact = [&](std::size_t begin, std::size_t end, bool any_role) {
    for (std::size_t i = begin; i < end && out.contact_point.empty(); ++i) {
      const dcat::ContactPoint& point = parties[i].contact;
      if (!(any_role || parties[i].role == "pointOfContact") || (point.name.empty() && point.email.empty())) continue;
      out.contact_point.push_back(point);
      reader.consume(parties[i].of_contact);
    }
  };
  contact(0, of_resource, false);
  contact(0, of_resource, true);
  contact(of_resource, parties.size(), true);
}

}  // namespace moisson::harvesters
