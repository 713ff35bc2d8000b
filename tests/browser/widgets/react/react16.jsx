// React 16 listens on the document.
import ReactDOM from "react-dom";
import { mount } from "./chat.jsx";

ReactDOM.render(...mount());
