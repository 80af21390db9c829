// One page of a DCAT catalog: fetched and read at the same time, so that memory holds its graph and not its bytes.
#pragma once

#include <moisson/dcat/finding.h>
#include <moisson/net/fetcher.h>

#include "rdf/graph.h"
#include "rdf/syntax.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::harvesters {

struct DcatPage {
  std::string url;  // as asked for
  net::FetchAnswer answer;
  rdf::Graph graph;  // indexed
  std::vector<dcat::Finding> repairs;
  std::optional<Error> broken;  // a part could not be read: the cause, and how much that was
  // What was being described where it could not, each with its own cause.
  struct Cut {
    rdf::TermId subject = rdf::no_term;  // no_term: nothing had been said of it
    Error error;
  };
  std::vector<Cut> cuts;
};

// Caps: 1 GiB a page, those of rdf::GraphLimits and of the syntax's reader. `format`: the syntax that the source's
// options name, if they do. An Error: nothing was read (refused, unreachable, HTML, not RDF from its first triple on). A
// page of which a part was read is a page, broken. 304 gives an empty graph.
Result<DcatPage> fetch_page(net::Fetcher& fetcher, const std::string& url, std::optional<rdf::Syntax> format,
                            const net::Validators& validators);

// Reads RDF/XML that stood inside a page of another kind into the graph of `page`, which is to be indexed after the last
// of it. `base` resolves its relative IRIs. What cannot be read breaks the page, as above.
void read_into(DcatPage& page, std::string_view rdf_xml, std::string_view base);

}  // namespace moisson::harvesters
