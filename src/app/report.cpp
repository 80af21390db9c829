#include "app/report.h"

#include "app/event.h"

#include <moisson/harvest/outcome.h>

#include <fmt/core.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

namespace moisson::app {

namespace {

using harvest::JobOutcome;

constexpr const char* record_words[] = {"created", "updated", "unchanged", "moved", "skipped", "failed", "removed"};

std::string text(json::View view) { return std::string(view.string().value_or("")); }
std::int64_t number(json::View view) { return view.integer().value_or(0); }

// Exit code of one job's outcome, worst last: 0, then 2, then 1 (CONTRACT, "Exit codes of harvest").
int exit_code_of(std::string_view outcome) {
  switch (harvest::job_outcome(outcome).value_or(JobOutcome::failed)) {
    case JobOutcome::succeeded:
    case JobOutcome::nothing_changed:
      return 0;
    case JobOutcome::running:
    case JobOutcome::partial:
    case JobOutcome::held:
    case JobOutcome::stopped:
      return 2;
    case JobOutcome::failed:
    case JobOutcome::unreachable:
    case JobOutcome::refused_by_source:
      return 1;
  }
  return 1;
}

int worse(int a, int b) {
  const auto weight = [](int code) { return code == 0 ? 0 : code == 2 ? 1 : 2; };
  return weight(a) >= weight(b) ? a : b;
}

std::string joined(json::View list) {
  std::string line;
  for (const auto item : list.items()) (line += line.empty() ? "" : ", ") += text(item);
  return line;
}

std::string counts_line(json::View counts) {
  std::string line;
  for (const auto* word : record_words)
    if (const auto n = number(counts[word]); n > 0) line += fmt::format("{}{} {}", line.empty() ? "" : ", ", n, word);
  return line.empty() ? "no record" : line;
}

void print_row(std::ostream& out, json::View row) {
  fmt::print(out, "  {:<9} {}", text(row["outcome"]), text(row["remote_id"]));
  if (const auto title = text(row["title"]); !title.empty()) fmt::print(out, "  “{}”", title);
  out << '\n';
  const auto cause = text(row["cause"]), place = text(row["place"]), message = text(row["message"]),
             hint = text(row["hint"]);
  if (!cause.empty() || !message.empty())
    fmt::print(out, "            {}{}{}\n", cause, cause.empty() || message.empty() ? "" : ": ", message);
  if (!place.empty()) fmt::print(out, "            at {}\n", place);
  if (!hint.empty()) fmt::print(out, "            → {}\n", hint);
}

void print_error(std::ostream& out, json::View error) {
  if (error.is(json::Kind::object)) fmt::print(out, "  {}\n", to_string(read_error(error)));
}

void print_remarks(std::ostream& out, json::View remarks) {
  for (const auto remark : remarks.items()) {
    fmt::print(out, "  note: {}", text(remark["message"]));
    if (const auto hint = text(remark["hint"]); !hint.empty()) fmt::print(out, " ({})", hint);
    out << '\n';
  }
}

void print_table(std::ostream& out, const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths.size() <= i) widths.push_back(0);
      widths[i] = std::max(widths[i], row[i].size());
    }
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line += i + 1 == row.size() ? row[i] : fmt::format("{:<{}}  ", row[i], widths[i]);
    out << line << '\n';
  }
}

}  // namespace

Report::Report(const Arguments& arguments, std::ostream& out, std::ostream& progress, bool terminal)
    : arguments_(arguments), out_(out), progress_(progress), terminal_(terminal) {}

void Report::take(std::string_view line) {
  const auto event = json::Document::parse(line);
  if (!event) return;
  const auto root = event->root();
  const auto kind = root["event"].string().value_or("");
  if (kind == "progress") return show_progress(root);
  if (line_open_) progress_ << "\r\033[K" << std::flush;
  line_open_ = false;
  if (kind == "piece") {
    out_ << root["text"].string().value_or("");
    return;
  }
  if (kind == "warning") {
    fmt::print(progress_, "warning: {}\n", to_string(read_error(root["error"])));
    return;
  }
  if (kind == "job" && arguments_.command == Command::harvest)
    exit_code_ = worse(exit_code_, exit_code_of(text(root["job"]["outcome"])));
  if (arguments_.json) {
    gathered_.emplace_back(kind == "result" ? root["result"].dump() : line);
    return;
  }
  if (kind == "job") show_job(root);
  if (kind == "preview") show_preview(root["preview"]);
  if (kind == "result") show_result(root["result"]);
}

void Report::show_progress(json::View event) {
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
  const auto done = number(event["done"]), of = number(event["of"]);
  const auto line = fmt::format("{}  {}{} records  {} pages  {:.0f}/s{}", text(event["label"]), done,
                                of > 0 ? fmt::format(" of {}", of) : "", number(event["pages"]),
                                seconds > 0 ? static_cast<double>(done) / seconds : 0.0,
                                number(event["failed"]) > 0 ? fmt::format("  {} failed", number(event["failed"])) : "");
  if (terminal_) {
    progress_ << "\r\033[K" << line << std::flush;
    line_open_ = true;
  } else {
    progress_ << line << '\n' << std::flush;
  }
}

void Report::show_job(json::View event) {
  const auto job = event["job"];
  fmt::print(out_, "{}  {}  (job {})  {}\n", text(job["source"]), text(job["outcome"]), number(job["id"]),
             counts_line(job["counts"]));
  print_error(out_, job["error"]);
  if (const auto waiting = number(job["removals_waiting"]); waiting > 0)
    fmt::print(out_, "  {} removals wait: moisson job approve {} or moisson job reject {}\n", waiting,
               number(job["id"]), number(job["id"]));
  if (const auto leaving = number(job["removals_leaving"]); leaving > 0)
    fmt::print(out_, "  {} removed records leave the search from {} on: moisson job undo {} keeps them\n", leaving,
               text(job["leaving"]), number(job["id"]));
  print_remarks(out_, job["remarks"]);
  for (const auto row : event["waiting"].items()) print_row(out_, row);
  for (const auto row : event["records"].items()) print_row(out_, row);
  if (const auto more = number(event["records_left"]); more > 0)
    fmt::print(out_, "  … and {} more: moisson job show {} --json\n", more, number(job["id"]));
}

void Report::show_preview(json::View preview) {
  fmt::print(out_, "plan {} (until {}): moisson harvest --plan {} does exactly this\n", text(preview["id"]),
             text(preview["expires"]), text(preview["id"]));
  fmt::print(out_, "would end {}: {}{}\n", text(preview["outcome"]), counts_line(preview["counts"]),
             preview["complete"].boolean().value_or(false) ? "" : " (not everything was read)");
  print_error(out_, preview["error"]);
  print_remarks(out_, preview["remarks"]);
  for (const auto row : preview["records"].items()) {
    print_row(out_, row);
    for (const auto change : row["changes"].items())
      fmt::print(out_, "            {}: {} → {}\n", text(change["field"]), text(change["before"]),
                 text(change["after"]));
  }
  std::vector<std::vector<std::string>> properties{{"USE", "PROPERTY", "VALUES", "EXAMPLE"}};
  for (const auto tally : preview["mapping"].items())
    properties.push_back({text(tally["use"]), text(tally["property"]), tally["count"].text(), text(tally["example"])});
  if (properties.size() > 1) print_table(out_, properties);
}

void Report::show_result(json::View result) {
  if (result["sources"].is(json::Kind::array)) {
    std::vector<std::vector<std::string>> rows{{"SOURCE", "KIND", "STATE", "LAST", "RECORDS", "NEXT", "URL"}};
    for (const auto source : result["sources"].items())
      rows.push_back({text(source["id"]), text(source["kind"]), text(source["state"]),
                      text(source["last_job"]["outcome"]), source["records"].text(), text(source["next_run"]),
                      text(source["url"])});
    return print_table(out_, rows);
  }
  if (result["jobs"].is(json::Kind::array)) {
    std::vector<std::vector<std::string>> rows{{"JOB", "SOURCE", "OUTCOME", "STARTED", "COUNTS"}};
    for (const auto job : result["jobs"].items())
      rows.push_back({job["id"].text(), text(job["source"]), text(job["outcome"]), text(job["started"]),
                      counts_line(job["counts"])});
    return print_table(out_, rows);
  }
  if (result["users"].is(json::Kind::array)) {
    std::vector<std::vector<std::string>> rows{{"MAIL", "ROLE", "SOURCES", "LAST SIGN-IN"}};
    for (const auto user : result["users"].items())
      rows.push_back({text(user["mail"]), text(user["role"]), joined(user["sources"]), text(user["last_sign_in"])});
    return print_table(out_, rows);
  }
  if (result["tokens"].is(json::Kind::array)) {
    std::vector<std::vector<std::string>> rows{
        {"TOKEN", "NAME", "OF", "ROLE", "SOURCES", "EXPIRES", "LAST USED", "STATE"}};
    for (const auto token : result["tokens"].items())
      rows.push_back({text(token["id"]), text(token["name"]), text(token["mail"]), text(token["role"]),
                      joined(token["sources"]), text(token["expires"]), text(token["last_used"]),
                      text(token["state"])});
    return print_table(out_, rows);
  }
  if (result["results"].is(json::Kind::array)) {
    fmt::print(out_, "{} found\n", number(result["total"]));
    for (const auto hit : result["results"].items()) {
      fmt::print(out_, "\n{}\n  {} · {}\n  {}\n", text(hit["title"]), text(hit["publisher"]["name"]),
                 text(hit["source"]["title"]), text(hit["url"]));
      if (hit["explanation"].exists()) fmt::print(out_, "  {}\n", hit["explanation"].dump());
    }
    return;
  }
  if (result["copies"].is(json::Kind::array)) {
    std::vector<std::vector<std::string>> rows{{"RECORD", "SOURCE", "LEADS", "HERE", "THERE", "VALUE"}};
    for (const auto copy : result["copies"].items())
      for (const auto why : copy["why"].items())
        rows.push_back({text(copy["id"]), text(copy["source"]["id"]),
                        copy["leads"].boolean().value_or(false) ? "yes" : "", text(why["here"]), text(why["there"]),
                        text(why["value"])});
    print_table(out_, rows);
    for (const auto id : result["kept_apart_from"].items()) fmt::print(out_, "kept apart from {}\n", text(id));
    return;
  }
  if (const auto message = result["message"].string()) out_ << *message << '\n';
}

int Report::finish() {
  if (line_open_) progress_ << "\r\033[K" << std::flush;
  line_open_ = false;
  if (!arguments_.json) return exit_code_;
  if (arguments_.command == Command::harvest) {
    out_ << "{\"jobs\":[";
    for (std::size_t i = 0; i < gathered_.size(); ++i) out_ << (i ? "," : "") << gathered_[i];
    out_ << "]}\n";
  } else {
    for (const auto& line : gathered_) out_ << line << '\n';
  }
  return exit_code_;
}

namespace {

// {"name":value} of NAME=VALUE; a name that stands several times has a list.
void write_options(json::Writer& out, const std::vector<std::string>& given) {
  std::map<std::string, std::vector<std::string>> options;
  for (const auto& option : given) {
    const auto equals = std::min(option.find('='), option.size());
    options[option.substr(0, equals)].push_back(option.substr(std::min(equals + 1, option.size())));
  }
  out.begin_object();
  for (const auto& [name, values] : options) {
    out.key(name);
    if (values.size() == 1) {
      out.string(values.front());
      continue;
    }
    out.begin_array();
    for (const auto& value : values) out.string(value);
    out.end_array();
  }
  out.end_object();
}

// What the command says of a source, in the form that the API takes (api/source_body.h).
void write_edit(json::Writer& out, const Arguments& arguments) {
  out.begin_object();
  for (const auto& [name, value] :
       {std::pair("title", &arguments.title), std::pair("kind", &arguments.kind), std::pair("url", &arguments.url),
        std::pair("schedule", &arguments.schedule), std::pair("timezone", &arguments.timezone),
        std::pair("language", &arguments.language), std::pair("territory", &arguments.territory),
        std::pair("window", &arguments.window), std::pair("blackout", &arguments.blackout),
        std::pair("comment", &arguments.comment)})
    if (!value->empty()) out.field(name, *value);
  if (arguments.grace_h >= 0) out.key("grace_h").integer(arguments.grace_h);
  if (!arguments.options.empty()) {
    out.key("options");
    write_options(out, arguments.options);
  }
  out.end_object();
}

}  // namespace

std::string task_of(const Arguments& arguments) {
  constexpr const char* names[] = {"serve",   "harvest", "preview", "job",  "search", "source", "record",
                                   "reindex", "remap",   "dump",    "user", "token",  "check",  "demo"};
  json::Writer out;
  out.begin_object().field("task", names[static_cast<std::size_t>(arguments.command)]);
  out.key("sources").begin_array();
  for (const auto& source : arguments.sources) out.string(source);
  out.end_array().key("secret_files").begin_array();
  // The process that owns the store may stand elsewhere.
  for (const auto& given : arguments.secret_files) {
    const auto file = std::min(given.find('=') + 1, given.size());
    out.string(given.substr(0, file) + std::filesystem::absolute(given.substr(file)).string());
  }
  out.end_array();
  out.key("full")
      .boolean(arguments.full)
      .key("purge")
      .boolean(arguments.purge)
      .key("explain")
      .boolean(arguments.explain);
  out.field("verb", arguments.verb).key("job").integer(arguments.job).key("limit").integer(arguments.limit);
  out.field("name", arguments.name)
      .field("id", arguments.id)
      .field("other", arguments.other)
      .field("kind", arguments.kind)
      .field("url", arguments.url);
  out.field("mail", arguments.mail).field("role", arguments.role).key("days").integer(arguments.days);
  out.field("plan", arguments.plan).key("draft").boolean(arguments.draft).field("query", arguments.query).key("edit");
  write_edit(out, arguments);
  out.end_object();
  return out.take();
}

}  // namespace moisson::app
