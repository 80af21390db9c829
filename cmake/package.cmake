# ./dev package: a Debian package of the program, its configuration, its unit and what there is to read.
# No account is made at installation: the unit's DynamicUser owns /var/lib/moisson while it runs.
include(GNUInstallDirs)

# The packaged configuration differs from the commented default in one line: where the data lives.
file(READ config/moisson.toml configuration)
string(REPLACE "data_dir = \"var\"" "data_dir = \"/var/lib/moisson\"" packaged_configuration "${configuration}")
if(packaged_configuration STREQUAL configuration)
  message(FATAL_ERROR "config/moisson.toml no longer says data_dir = \"var\", which cmake/package.cmake replaces")
endif()
file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/package/moisson.toml CONTENT "${packaged_configuration}")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS config/moisson.toml)

install(FILES ${PROJECT_BINARY_DIR}/package/moisson.toml DESTINATION /etc/moisson)  # wherever the rest goes
install(FILES config/deploy/moisson.service DESTINATION lib/systemd/system)
install(FILES README.md ARCHITECTURE.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(FILES config/france.toml config/deploy/nginx.conf DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)

set(CPACK_PACKAGE_NAME moisson)
set(CPACK_PACKAGE_CONTACT "The maintainers of Moisson <maintainers@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "catalog of open data, harvested from many portals")
set(CPACK_PACKAGE_DESCRIPTION "Moisson harvests CKAN and DCAT portals on a schedule, keeps every record in one catalog,
and answers citizens, portal operators and other portals from one search index.")
set(CPACK_STRIP_FILES ON)
set(CPACK_SET_DESTDIR ON)  # /etc is not below the prefix
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "ca-certificates, tzdata")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${PROJECT_SOURCE_DIR}/cmake/package/conffiles
    ${PROJECT_SOURCE_DIR}/cmake/package/postinst
    ${PROJECT_SOURCE_DIR}/cmake/package/prerm)
include(CPack)
