#include "harvesters/data_json_page.h"

#include "core/cause.h"
#include "core/hash.h"
#include "core/json.h"
#include "core/media_type.h"
#include "core/text.h"

#include <chrono>
#include <memory>
#include <unordered_set>

namespace moisson::harvesters {
namespace {

constexpr std::uint64_t max_file_bytes = std::uint64_t{2} << 30;
constexpr auto file_timeout = std::chrono::minutes(20);
constexpr std::size_t head_bytes = 512;
constexpr std::size_t max_elements = 2'000'000;

// Where records stand: Project Open Data 1.1 and DCAT-US 3, the bare list of Project Open Data 1.0, and Socrata's
// Discovery API. Nested catalogs are elements too; the harvest looks inside.
const std::vector<std::string> lists{"", "/dataset", "/service", "/datasetSeries", "/catalog", "/results"};

class PageReading {
 public:
  PageReading(const std::string& url, const DataJsonSink& sink) : url_(url), sink_(sink) { restart(); }

  Result<void> take(std::string_view piece, bool begin) {
    if (begin) restart();
    if (broken_) return {};  // a slip is not worth cutting the connection for; what passes a cap is
    if (head_open_) {
      head_.append(piece);
      if (head_.size() < head_bytes) return {};
      return open_head();
    }
    return read(piece);
  }

  Result<DataJsonPage> finish(Result<net::FetchAnswer>&& answer) {
    if (refused_) return *refused_;
    DataJsonPage page;
    page.url = url_;
    page.elements = elements_;
    if (answer && answer->status == 304) {
      page.answer = std::move(*answer);
      return page;
    }
    if (head_open_ && !head_.empty()) {
      if (auto opened = open_head(); !opened) return opened.error();
    }
    if (answer && !broken_) {
      if (auto ended = stream_->finish(); !ended) broken_ = ended.error();
    }
    page.elements = elements_;
    const bool list = found_list();
    if (!answer && elements_ == 0) return answer.error();
    if (!list && (broken_ || !answer))
      return broken_ ? at(url_, filed("syntax_error", std::move(*broken_))) : answer.error();
    page.envelope = stream_->envelope();
    if (!list) {
      if (auto lone = lone_dataset(page); !lone) return lone.error();
    }
    if (!answer) {
      page.broken = std::move(answer.error());
    } else {
      page.answer = std::move(*answer);
      if (broken_) page.broken = at(url_, filed("syntax_error", std::move(*broken_)));
    }
    return page;
  }

 private:
  void restart() {
    stream_ = std::make_unique<json::ElementStream>(
        lists, json::ElementStream::Limits{},
        [this](const json::StreamedElement& element) { return hand_over(element); });
    head_.clear();
    head_open_ = true;
    broken_.reset();
    elements_ = 0;
    earlier_.merge(handed_);
    handed_.clear();
  }

  Result<void> hand_over(const json::StreamedElement& element) {
    if (++elements_ > max_elements)
      return Error{ErrorCode::too_large, "the file holds more than " + std::to_string(max_elements) + " records", "",
                   ""};
    const std::uint64_t hash = hash64(element.bytes);
    handed_.insert(hash);
    if (earlier_.contains(hash)) return {};
    auto taken = sink_(element, lists[element.array] + "/" + std::to_string(element.index));
    if (!taken) refused_ = taken.error();
    return taken;
  }

  Result<void> open_head() {
    head_open_ = false;
    const std::string head = std::move(head_);
    head_.clear();
    std::string_view text = head;
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") || text.substr(0, 4).find('\0') != text.npos)
      return refuse({ErrorCode::unsupported, "the file is in UTF-16", url_, "serve it in UTF-8 (RFC 8259 §8.1)",
                     "encoding_unsupported"});
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (trim(text).starts_with('<')) {
      return refuse({ErrorCode::refused, "an HTML or XML page where JSON belongs (a login or challenge page?)", url_,
                     "open the address in a browser; the file may have moved", "html_instead"});
    }
    return read(head);
  }

  Result<void> refuse(Error error) {
    refused_ = error;
    return error;
  }

  Result<void> read(std::string_view piece) {
    auto fed = stream_->feed(piece);
    if (fed) return {};
    if (refused_) return fed;
    broken_ = fed.error();
    return broken_->code == ErrorCode::too_large ? at(url_, *broken_) : Result<void>();
  }

  bool found_list() const {
    for (std::size_t i = 0; i < lists.size(); ++i) {
      const auto place = stream_->place(i);
      if (place == json::ElementStream::Place::open || place == json::ElementStream::Place::closed) return true;
    }
    return false;
  }

  // {"dataset": {…}}: a list of one, as JSON-LD compacts it.
  Result<void> lone_dataset(DataJsonPage& page) {
    const auto envelope = json::Document::parse(page.envelope);
    if (!envelope) {
      if (page.envelope.empty()) return no_catalog();
      return at(url_, filed("syntax_error", envelope.error()));
    }
    const json::View dataset = envelope->root()["dataset"];
    if (!dataset.is(json::Kind::object)) return no_catalog();
    const std::string bytes = dataset.dump();
    page.elements = 1;
    auto taken = sink_({bytes, 0, 1, 0, true}, "/dataset");
    return taken;
  }

  Error no_catalog() const {
    return {ErrorCode::invalid_input, "the file holds no list of data sets", url_,
            "a data.json has them in \"dataset\" (Project Open Data 1.1, DCAT-US 3)", "not_a_catalog"};
  }

  const std::string& url_;
  const DataJsonSink& sink_;
  std::unique_ptr<json::ElementStream> stream_;
  std::string head_;
  bool head_open_ = true;
  std::optional<Error> broken_;
  std::optional<Error> refused_;  // not a file for us, or the sink said no
  std::size_t elements_ = 0;
  std::unordered_set<std::uint64_t> handed_;   // hashes of this attempt's elements
  std::unordered_set<std::uint64_t> earlier_;  // of the attempts before
};

}  // namespace

Result<DataJsonPage> fetch_data_json(net::Fetcher& fetcher, const std::string& url, const net::Validators& validators,
                                     const DataJsonSink& sink) {
  net::FetchRequest request(url);
  request.accept = "application/json, */*;q=0.5";
  request.validators = validators;
  request.max_bytes = max_file_bytes;
  request.timeout = file_timeout;
  PageReading reading(url, sink);
  auto answer = fetcher.fetch(request, [&](std::string_view piece, bool begin) { return reading.take(piece, begin); });
  return reading.finish(std::move(answer));
}

}  // namespace moisson::harvesters
