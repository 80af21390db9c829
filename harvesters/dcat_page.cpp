#include "harvesters/dcat_page.h"

#include "core/cause.h"
#include "rdf/rdf_xml_reader.h"
#include "rdf/reader.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string_view>

namespace moisson::harvesters {
namespace {

constexpr std::uint64_t max_page_bytes = std::uint64_t{1} << 30;  // a whole catalog may be one file
constexpr auto page_timeout = std::chrono::minutes(20);
constexpr std::size_t head_bytes = 1024;                      // enough to tell the syntax, mostly
constexpr std::size_t max_head_bytes = std::size_t{1} << 20;  // a licence in a comment goes before

class PageReading {
 public:
  PageReading(std::string url, std::optional<rdf::Syntax> format) : url_(std::move(url)), format_(format) {}

  Result<void> take(std::string_view piece, bool begin) {
    if (begin) restart();
    total_ += piece.size();
    if (error_) return {};  // what follows is only counted
    if (reader_) return keep(reader_->feed(piece));
    head_.append(piece);
    if (head_.size() < head_bytes) return {};
    if (format_) return start(*format_);
    if (auto syntax = rdf::syntax_of_content(head_)) return *syntax ? start(**syntax) : refuse(syntax->error());
    if (head_.size() < max_head_bytes) return {};
    auto syntax = rdf::recognise(head_, "", url_);
    return syntax ? start(*syntax) : refuse(syntax.error());
  }

  // The page, after a transfer that succeeded or not.
  Result<DcatPage> finish(Result<net::FetchAnswer>&& answer) {
    if (refused_) return *refused_;
    if (!reader_ && (answer || !head_.empty())) {
      Result<rdf::Syntax> syntax =
          format_ ? Result<rdf::Syntax>(*format_) : rdf::recognise(head_, answer ? answer->content_type : "", url_);
      if (!syntax) return answer ? at(url_, std::move(syntax.error())) : answer.error();
      start(*syntax);
      if (refused_) return *refused_;
    }
    // A body that was cut: what arrived is read as far as it goes, and the transfer's error tells why.
    if (reader_ && !error_) static_cast<void>(keep(reader_->finish()));
    if (!answer && graph_->size() == 0) return answer.error();
    if (loader_ != nullptr && graph_->size() == 0 && !loader_->broken().empty())
      return at(url_, filed("syntax_error", loader_->broken().front().error));
    if (error_ && graph_->size() == 0) return at(url_, filed("syntax_error", std::move(*error_)));
    DcatPage page;
    page.url = url_;
    if (reader_) page.repairs = reader_->repairs();
    if (!answer) {
      page.broken = std::move(answer.error());
    } else {
      page.answer = std::move(*answer);
      if (error_) page.broken = unread();
    }
    if (page.broken && reader_->unfinished()) page.cuts.push_back({loader_->last_subject(), *page.broken});
    if (loader_ != nullptr) tell_broken(page);
    graph_->index();
    page.graph = std::move(*graph_);
    return page;
  }

 private:
  void restart() {
    reader_.reset();
    loader_.reset();
    graph_ = std::make_unique<rdf::Graph>();
    head_.clear();
    error_.reset();
    total_ = 0;
  }

  Result<void> start(rdf::Syntax syntax) {
    loader_ = std::make_unique<rdf::GraphLoader>(*graph_);
    auto reader = rdf::make_reader(syntax, url_, *loader_);
    if (!reader) return refuse(reader.error());
    reader_ = std::move(*reader);
    const std::string head = std::move(head_);
    head_.clear();
    return keep(reader_->feed(head));
  }

  // No other page is worth the transfer of a page that is no RDF.
  Result<void> refuse(Error error) {
    refused_ = at(url_, std::move(error));
    return *refused_;
  }

  // A slip is not worth cutting the connection for; what passes a cap is.
  Result<void> keep(const Result<void>& read) {
    if (read) return {};
    error_ = read.error();
    return error_->code == ErrorCode::too_large ? at(url_, *error_) : Result<void>();
  }

  // Statements that were left alone: each cuts what it describes, and the page is not whole.
  void tell_broken(DcatPage& page) const {
    const auto& broken = loader_->broken();
    for (const auto& [subject, error] : broken) page.cuts.push_back({subject, at(url_, filed("syntax_error", error))});
    if (broken.empty() || page.broken) return;
    Error first = broken.front().error;
    if (broken.size() > 1) first.message += "; so do " + std::to_string(broken.size() - 1) + " more statements";
    page.broken = at(url_, filed("syntax_error", std::move(first)));
  }

  Error unread() {
    Error error = std::move(*error_);
    const std::uint64_t read = reader_->bytes_read();
    error.message += "; " + std::to_string(total_ - std::min(read, total_)) + " of " + std::to_string(total_) +
                     " bytes were not read";
    return at(url_, filed("syntax_error", std::move(error)));
  }

  std::string url_;
  std::optional<rdf::Syntax> format_;
  std::unique_ptr<rdf::Graph> graph_ = std::make_unique<rdf::Graph>();
  std::unique_ptr<rdf::GraphLoader> loader_;
  std::unique_ptr<rdf::Reader> reader_;
  std::string head_;
  std::optional<Error> error_;    // of reading
  std::optional<Error> refused_;  // not a page for us
  std::uint64_t total_ = 0;
};

}  // namespace

Result<DcatPage> fetch_page(net::Fetcher& fetcher, const std::string& url, std::optional<rdf::Syntax> format,
                            const net::Validators& validators) {
  net::FetchRequest request(url);
  request.accept = rdf::accept_header;
  request.validators = validators;
  request.max_bytes = max_page_bytes;
  request.timeout = page_timeout;
  PageReading reading(url, format);
  auto answer = fetcher.fetch(request, [&](std::string_view piece, bool begin) { return reading.take(piece, begin); });
  if (answer && answer->status == 304) {
    DcatPage page;
    page.url = url;
    page.answer = std::move(*answer);
    page.graph.index();
    return page;
  }
  return reading.finish(std::move(answer));
}

void read_into(DcatPage& page, std::string_view rdf_xml, std::string_view base) {
  rdf::GraphLoader loader(page.graph);
  rdf::RdfXmlReader reader(base, loader, {});
  auto read = reader.feed(rdf_xml);
  if (read) read = reader.finish();
  page.repairs.insert(page.repairs.end(), reader.repairs().begin(), reader.repairs().end());
  if (read) return;
  Error error = at(page.url, filed("syntax_error", std::move(read.error())));
  if (reader.unfinished()) page.cuts.push_back({loader.last_subject(), error});
  if (!page.broken) page.broken = std::move(error);
}

}  // namespace moisson::harvesters
