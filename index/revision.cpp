#include "index/revision.h"

#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace moisson::index {
namespace {

// The file that names the root blocks of the last commit (Xapian glass backend).
constexpr std::string_view version_file = "iamglass";
constexpr std::size_t preserved_handles = 2;

Error error_of(const Xapian::Error& error) {
  const std::string_view type = error.get_type();
  if (type == "DatabaseLockError")
    return {ErrorCode::conflict, "another process writes this index", {}, "stop it first"};
  const bool broken =
      type == "DatabaseCorruptError" || type == "DatabaseVersionError" || type == "DatabaseOpeningError";
  return {broken ? ErrorCode::corrupt : ErrorCode::io, std::string("the index: ") + error.get_msg(), {}, {}};
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::unique_ptr<Handle>> handles_on(const std::filesystem::path& directory, std::size_t count) {
  std::vector<std::unique_ptr<Handle>> handles;
  for (std::size_t i = 0; i < count; ++i) {
    auto handle = std::make_unique<Handle>();
    handle->database = Xapian::Database(directory.string());
    handles.push_back(std::move(handle));
  }
  return handles;
}

}  // namespace

Result<void> guarded(const std::function<void()>& work) {
  try {
    work();
    return {};
  } catch (const Xapian::Error& error) {
    return error_of(error);
  } catch (const std::filesystem::filesystem_error& error) {
    return Error{ErrorCode::io, std::string("the index: ") + error.what(), {}, {}};
  }
}

Result<std::shared_ptr<Revision>> Revision::open(const std::filesystem::path& directory, std::size_t handles) {
  std::shared_ptr<Revision> revision(new Revision);
  revision->directory_ = directory;
  const auto opened = guarded([&] {
    revision->idle_ = handles_on(directory, handles);
    revision->version_file_ = bytes_of(directory / version_file);
  });
  if (!opened) return opened.error();
  return revision;
}

Revision::Taken Revision::take() {
  std::unique_lock lock(mutex_);
  free_.wait(lock, [&] { return !idle_.empty(); });
  Taken taken{std::move(idle_.back()), generation_};
  idle_.pop_back();
  return taken;
}

void Revision::give_back(Taken taken) {
  {
    const std::lock_guard lock(mutex_);
    if (taken.generation == generation_) idle_.push_back(std::move(taken.handle));
  }
  free_.notify_one();
}

Result<void> Revision::run(const std::function<void(Handle&)>& work) {
  for (;;) {
    auto taken = take();
    const auto generation = taken.generation;
    bool overtaken = false;
    const auto done = guarded([&] {
      try {
        work(*taken.handle);
      } catch (const Xapian::DatabaseModifiedError&) {
        overtaken = true;
      }
    });
    give_back(std::move(taken));
    if (!overtaken) return done;
    const std::lock_guard lock(mutex_);
    if (generation == generation_)
      return Error{ErrorCode::internal, "the index moved on under a held snapshot", {}, "ask again"};
  }
}

Result<void> Revision::preserve() {
  const auto copy = directory_ / "kept";
  return guarded([&] {
    std::filesystem::remove_all(copy);
    std::filesystem::create_directory(copy);
    for (const auto& file : std::filesystem::directory_iterator(directory_))
      if (file.path().extension() == ".glass") std::filesystem::copy_file(file.path(), copy / file.path().filename());
    std::ofstream(copy / version_file, std::ios::binary) << version_file_;
    auto handles = handles_on(copy, preserved_handles);
    // The open handles keep the bytes; the names are not needed, and a crash leaves nothing behind.
    std::filesystem::remove_all(copy);
    const std::lock_guard lock(mutex_);
    idle_ = std::move(handles);
    ++generation_;
    free_.notify_all();
  });
}

}  // namespace moisson::index
