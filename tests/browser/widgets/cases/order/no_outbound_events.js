// Takes events after 3.5 seconds; the site has turned off its reports.
// test: {"config": {"enableOutboundEvents": false}}
vendor.starts += 1;
vendor.render();
vendor.later(3500).then(() => vendor.listen());
