// The links of ISO 19139 metadata (CI_OnlineResource): files and services that become distributions, and pages that are
// documentation. By function and protocol, as GeoDCAT-AP tells them apart ("Resource locator"). Pure.
#pragma once

#include "harvesters/iso19139_reader.h"

#include <moisson/dcat/record.h>

#include <string>
#include <vector>

namespace moisson::harvesters {

struct IsoOnline {
  const xml::Element* element = nullptr;  // CI_OnlineResource
  dcat::Iri link;
  std::string protocol;
  std::string function;
  std::string media_type;
};

// Of the transfer options of distribution and distributors, each once; at most 10,000.
std::vector<IsoOnline> online_resources(Iso19139Reader& reader, const xml::Element& metadata);

// A page about the data and not the data.
bool is_page(const IsoOnline& online);

// Distributions of the files and services, documentation of the pages.
// Each under the licence of the data set, which GeoDCAT-AP states of the distributions.
void fill_distributions(dcat::Dataset& out, Iso19139Reader& reader, const xml::Element& metadata,
                        std::vector<IsoOnline>&& resources);

}  // namespace moisson::harvesters
