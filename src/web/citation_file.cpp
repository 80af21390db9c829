#include "web/citation.h"
#include "web/pages.h"

namespace moisson::web {

http::Response citation_file(const Page& page, std::string_view format) {
  const auto sheet = sheet_of(page);
  if (!sheet) return page.failed(sheet.error());
  const Citation citation = citation_of(*sheet);
  http::Response response;
  response.headers.set("Content-Type", format == "bib" ? "application/x-bibtex; charset=utf-8"
                                                       : "application/x-research-info-systems; charset=utf-8");
  response.headers.set("Content-Disposition",
                       "attachment; filename=\"" + sheet->stored.id + "." + std::string(format) + "\"");
  response.headers.set("Vary", "Accept-Language");
  response.body = format == "bib" ? bibtex(citation) : ris(citation);
  return response;
}

}  // namespace moisson::web
