// Links to a file of styles.
const link = document.createElement("link");
link.rel = "stylesheet";
link.href = vendor.address("late.css");
document.head.append(link);
vendor.start();
