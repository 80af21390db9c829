// The links of ISO 19139 metadata (CI_OnlineResource): files and services that become distributions, and pages that are
// documentation. By function and protocol, as GeoDCAT-AP tells them apart ("Resource locator"). Pure.
#pragma once

#include "harvesters/iso19139_reader.h"

#include <moisson/dcat/record.h>

#include <string>
#include <vector>

namespace moisson::harvesters {

struct IsoOnline {
  dcat::Iri link;
  std::string protocol;
  std::string function;
  LangStrings name;
  LangStrings description;
  std::string media_type;
};

// Of the transfer options of distribution and distributors, each once; at most 10,000.
std::vector<IsoOnline> online_resources(Iso19139Reader& reader, const xml::Element& metadata);

// A page about the data and not the data.
bool is_page(const IsoOnline& online);

// Distributions of the files and services, documentation of the pages.
void fill_distributions(dcat::Dataset& out, const xml::Element& metadata, std::vector<IsoOnline>&& resources);

}  // namespace moisson::harvesters
