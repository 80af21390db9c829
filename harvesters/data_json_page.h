// One file of a data.json catalog, cut into its elements while it arrives, so that memory holds one element and not the
// file. Belongs to one harvest.
#pragma once

#include "core/json_element_stream.h"

#include <moisson/net/fetcher.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::harvesters {

struct DataJsonPage {
  std::string url;
  net::FetchAnswer answer;
  std::size_t elements = 0;
  std::string envelope;         // what stands around the lists; empty if it is larger than 1 MiB
  std::optional<Error> broken;  // the file ended early or is not as it should be from some byte on
};

// An element with the pointer to it ("/dataset/3"). An Error ends the reading and is returned. When a transfer is tried
// again from its start, elements that were handed over before (the same bytes) are not handed over again.
using DataJsonSink = std::function<Result<void>(const json::StreamedElement& element, std::string pointer)>;

// Caps: 2 GiB and two million elements a file, 16 MiB an element. Errors: what the fetcher says; refused for HTML;
// unsupported for UTF-16; invalid_input for what holds no list of data sets; and the sink's. A file of which a part was
// read is a page, broken. 304 gives a page without elements.
Result<DataJsonPage> fetch_data_json(net::Fetcher& fetcher, const std::string& url, const net::Validators& validators,
                                     const DataJsonSink& sink);

}  // namespace moisson::harvesters
