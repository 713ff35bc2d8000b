"use strict";(()=>{var Ae={newChatName:"Start a new Chat",liveChatName:"Live Chat",ticket:"Ticket",ended:"Ended",unreadCount:"@@@ unread message(s)",remove:"Remove",dangerousMessage:"Content has been blocked due to being potentially dangerous",loadOld:"Load older messages",chatDetails:"Chat Details",save:"Save",cancel:"Cancel",close:"Close",namePlaceholder:"Enter a name for this Chat",copyTranscript:"Copy Transcript",endChat:"End this Chat",restartChat:"Restart Chat",participants:"Participants",add:"Add",sendCanned:"Send a Canned Message",messagePlaceholder:"Type your message and press Enter to send",changeIcon:"Change Icon",send:"Send",newChatRequest:"New Chat Request",isTyping:"@@@ is typing",waitingForAgent:"Waiting for an Agent to join"},Ie={notice:"Preview: no message is sent",menu:"Menu",full:"Full screen",stillThere:"Are you still there?",stillHere:"I am still here",noTicket:"A preview makes no ticket.",agentsOnly:"Only agents see these in Halo:",you:"You",copied:"Copied",agent:"Preview agent",greeting:"Hello! This is a preview, so I am only a script. Try writing to me.",canned:"This is how a canned message from an agent arrives.",answer1:"With a real Halo, an agent would be reading this now and could answer you here.",answer2:"A real chat is kept by Halo and can become a ticket. Here it stays in this tab.",answer3:"The menu works in the preview too: details, transcript, and ending the chat."};(()=>{let Oe="#2757d8",Z="halochat-preview-chat",Q="halochat-preview-open",Ne="halochat-preview-unavailable",je=/<\s*script|javascript:/i,_e="chatServiceUrl tenantId configId configKey chatMode frameInheritHead",ee=["\u25D0","\u2605","\u2665","\u263A"],Me={chat:"M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.8A8.4 8.4 0 1 1 21 11.5Z",close:"M6 6l12 12M18 6 6 18",down:"m6 9.5 6 6 6-6",full:"M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",menu:"M5 7h14M5 12h14M5 17h14",send:"M12 20V5M5.5 11.5 12 5l6.5 6.5"},ze=`
.root {
  all: initial; display: block; color: var(--text); color-scheme: light;
  font: 14px/1.45 system-ui, sans-serif; -webkit-text-size-adjust: none;
  --surface: #fff; --soft: #f1f3f6; --line: #e1e4ea; --field: #868d9b;
  --text: #1a1c22; --muted: #565c6a; --danger: #c02434;
}
.root.dark {
  color-scheme: dark; --surface: #1a1c21; --soft: #282b33; --line: #353942;
  --field: #7d8494; --text: #eef0f4; --muted: #abb2c0;
}
.root.poppins { font-family: Poppins, system-ui, sans-serif; }
* { box-sizing: border-box; unicode-bidi: plaintext; }
[hidden] { display: none !important; }
p, h2, h3, ul { margin: 0; padding: 0; font: inherit; list-style: none; }
button, input, textarea { margin: 0; font: inherit; color: inherit; }
button { padding: 0; border: 1px solid transparent; background: none; cursor: pointer; }
svg { display: block; width: 18px; height: 18px; fill: none; stroke: currentColor; }
svg { stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
:focus-visible { outline: 2px solid var(--text); outline-offset: 2px; }
.aside { position: absolute; top: 0; inset-inline-start: 0; width: 1px; height: 1px; }
.aside { overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.dock { position: fixed; z-index: 100000; width: 56px; height: 56px; }
.bubble, .tool, .face, .end, .send { display: grid; place-items: center; flex: none; }
.bubble { width: 100%; height: 100%; border: 0; border-radius: 50%; }
.bubble { box-shadow: 0 2px 16px #0004; }
.bubble, .send, .main, header, .user p { background: var(--accent); color: var(--ink); }
.bubble svg, .bubble img { width: var(--icon); height: var(--icon); }
.bubble img { object-fit: contain; pointer-events: none; }
.badge:empty { display: none; }
.badge {
  position: absolute; top: -5px; inset-inline-end: -5px; min-width: 22px; padding: 0 6px;
  border-radius: 11px; background: var(--danger); color: #fff; font-size: 12px;
  font-weight: 600; line-height: 22px; text-align: center; pointer-events: none;
}
.end {
  position: absolute; top: -6px; inset-inline-start: -7px; width: 24px; height: 24px;
  border-color: var(--line); border-radius: 50%; background: var(--surface); opacity: 0;
}
.end svg { width: 12px; height: 12px; stroke-width: 3; }
.dock:hover .end, .dock:focus-within .end { opacity: 1; }
.window {
  position: fixed; z-index: 100001; display: flex; flex-direction: column;
  max-width: calc(100vw - 40px); max-height: calc(100dvh - 112px); overflow: hidden;
  border: 1px solid var(--line); border-radius: 16px; background: var(--surface);
  box-shadow: 0 2px 8px #0002, 0 16px 48px #0003;
}
.window.full {
  inset: 0 !important; width: auto !important; height: auto !important;
  max-width: none; max-height: none; border: 0; border-radius: 0;
}
.full .chat, .full .details { width: 100%; max-width: 760px; margin-inline: auto; }
header { display: flex; align-items: center; gap: 2px; padding: 12px; }
.face {
  width: 36px; height: 36px; margin-inline-end: 8px; border-radius: 50%;
  background: var(--ink); color: var(--accent); font-size: 18px; line-height: 1;
}
.names { flex: 1; min-width: 0; }
.names, .names * { text-align: match-parent; }
.names * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.names p { font-size: 12px; }
h2, h3 { font-weight: 600; }
h2 { font-size: 15px; line-height: 1.3; }
.tool { width: 32px; height: 32px; border-radius: 8px; }
.tool:hover { background: color-mix(in srgb, currentColor 14%, transparent); }
.tool:focus-visible { outline-color: currentColor; outline-offset: -2px; }
.notice { padding: 5px 16px; border-bottom: 1px solid var(--line); text-align: center; }
.notice, .hint { background: var(--soft); color: var(--muted); font-size: 12px; }
.menu {
  position: absolute; z-index: 2; inset-block-start: 56px; inset-inline-end: 12px;
  min-width: 200px; padding: 6px; border: 1px solid var(--line); border-radius: 12px;
  background: var(--surface); box-shadow: 0 8px 28px #0004;
}
header[hidden] ~ .menu { inset-block-start: 36px; }
.menu button { display: block; width: 100%; padding: 8px 12px; border-radius: 8px; }
.menu button { text-align: start; }
.menu button:hover, .menu button:focus-visible { background: var(--soft); }
.menu button:focus-visible { outline-offset: -2px; }
.chat { display: flex; flex: 1; flex-direction: column; min-height: 0; }
.log { flex: 1; min-height: 0; padding: 16px; overflow: auto; overscroll-behavior: contain; }
.log:focus-visible { outline-offset: -3px; }
.messages { display: flex; flex-direction: column; gap: 8px; }
.message { position: relative; max-width: 84%; align-self: flex-start; }
.message p {
  padding: 9px 14px; border: 1px solid transparent; border-radius: 16px;
  border-end-start-radius: 5px; overflow-wrap: anywhere; white-space: pre-wrap;
}
.agent p { background: var(--soft); }
.user { align-self: flex-end; }
.user p { border-radius: 16px; border-end-end-radius: 5px; }
.status { margin-top: 12px; color: var(--muted); font-size: 13px; text-align: center; }
.older { display: block; margin: 0 auto 12px; }
.ask, .ended { padding: 10px 16px; border-top: 1px solid var(--line); text-align: center; }
.ask { display: flex; align-items: center; justify-content: space-between; gap: 12px; }
.composer { display: flex; align-items: flex-end; margin: 0 12px 12px; padding: 5px; }
.composer { border: 1px solid var(--field); border-radius: 22px; }
.composer:has(textarea:focus) { outline: 2px solid var(--text); outline-offset: -1px; }
textarea { flex: 1; min-width: 0; max-height: 112px; padding: 6px 10px; border: 0; }
textarea { background: none; resize: none; field-sizing: content; }
textarea:focus-visible { outline: 0; }
::placeholder { color: var(--muted); opacity: 1; }
.send { width: 34px; height: 34px; border-radius: 50%; }
.send:disabled { background: var(--soft); color: var(--muted); cursor: default; }
.plain, .main { padding: 7px 14px; border-radius: 10px; font-weight: 500; }
.plain { border-color: var(--field); }
.plain:hover { background: var(--soft); }
.danger { background: var(--danger); color: #fff; }
.row, li { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
li { justify-content: space-between; min-height: 36px; }
.details, .part { display: grid; align-content: start; gap: 8px; }
.details { flex: 1; min-height: 0; gap: 16px; padding: 16px 16px 0; overflow: auto; }
.part.agents { padding: 12px; border-radius: 12px; background: var(--soft); }
input { flex: 1; min-width: 0; padding: 7px 12px; background: none; }
input { border: 1px solid var(--field); border-radius: 10px; }
.foot { position: sticky; bottom: 0; margin: 0 -16px; padding: 12px 16px; }
.foot { justify-content: flex-end; border-top: 1px solid var(--line); }
.foot, .sheet { background: var(--surface); }
.ending { position: absolute; z-index: 1; inset: 0; display: flex; background: #0007; }
.sheet { width: 100%; margin-top: auto; padding: 20px 16px 16px; text-align: center; }
.sheet { border-radius: 16px 16px 0 0; }
.sheet .row { margin-top: 16px; }
.sheet button { flex: 1; }
@media (hover: none) { .end { opacity: 1; } }
@media (forced-colors: active) {
  .bubble, .window, .menu, .message p, .badge, .main { border: 1px solid; }
}
@media (prefers-reduced-motion: no-preference) {
  .bubble, .end { transition: scale 0.15s, opacity 0.15s; }
  .bubble:hover { scale: 1.05; }
  .window, .menu { animation: appear 0.18s ease-out; }
  @keyframes appear { from { opacity: 0; translate: 0 8px; } }
}
@media print { .root { display: none; } }
`,M=document.getElementById("halo-chat");if(!M)return console.warn('halochat preview: no element has the id "halo-chat"');if(M.dataset.haloPreview)return;M.dataset.haloPreview="on";let te=window,l={...te.haloChatConfig},c={...Ae,...F(l.language)},W=Le(),p={...Ie,...F(W.preview)},ne=matchMedia("(max-width: 480px)"),z={},He=Date.now(),o={ready:!1,open:!1,menu:!1,full:!1,view:"chat",chat:null,token:"",previous:null,from:0,agentTyping:!1,userTyping:!1,asking:!1,asleep:!1,face:0,announcement:"",moved:{}};function y(...e){l.debug===!0&&console.debug("halochat preview:",...e)}function F(e){let t=Object.entries(Object(e));return Object.fromEntries(t.filter(([,n])=>typeof n=="string"))}function Le(){let e=[...document.querySelectorAll("meta[name=halo-chat]")].at(-1);return JSON.parse(e?.getAttribute("content")??"{}").texts??{}}function q(e,t){return e.replaceAll("@@@",()=>String(t))}function E(e){let t=parseFloat(String(e));return Number.isFinite(t)?t:null}function k(e,t,n){clearTimeout(z[e]),z[e]=window.setTimeout(n,t)}function K(e){try{return JSON.parse(sessionStorage.getItem(e)??"null")}catch{return null}}function oe(e,t){try{t?sessionStorage.setItem(e,JSON.stringify(t)):sessionStorage.removeItem(e)}catch(n){y("nothing is kept:",n)}}function r(e,t,...n){let i=document.createElement(e);for(let[s,u]of Object.entries(t))typeof u=="string"?i.setAttribute(s,u):i.addEventListener(s,u);return i.append(...n),i}function h(e,t,n){return r("button",{type:"button",class:t,click:n},e)}function T(e,t,n,i){return r("button",{...{type:"button",class:n,"aria-label":t,title:t},click:i},ae(e))}function ae(e){let t=["http:","","www.w3.org","2000","svg"].join("/"),[n,i]=["svg","path"].map(s=>document.createElementNS(t,s));return n.setAttribute("viewBox","0 0 24 24"),n.setAttribute("aria-hidden","true"),i.setAttribute("d",Me[e]),n.append(i),n}function H(e,...t){e.style.cssText="";for(let[n,i]of t.flatMap(s=>Object.entries(Object(s)))){let s=n.replace(/[A-Z]/g,w=>`-${w.toLowerCase()}`),u=typeof i=="number"&&!CSS.supports(s,`${i}`);e.style.setProperty(s,u?`${i}px`:i)}}function A(e,t){let[,n,i]=/^(top|bottom)-(left|right)$/.exec(String(e))??[];return!i||!n?{}:{top:"auto",right:"auto",bottom:"auto",left:"auto",[n]:t,[i]:20}}function ie(e){let t={width:E(e?.width),height:E(e?.height)};return Object.fromEntries(Object.entries(t).filter(([,n])=>Number(n)>0))}let se=r("div",{class:"halo-preview"}),I=se.attachShadow({mode:"open"}),a={...Pe(),...$e(),...Re(),...De(),...We()},x=Be(),re=r("p",{class:"aside",role:"status"}),b=r("div",{keydown:lt},a.dock,x,re);b.dir=/^[\u0590-\u08ff]/.test(c.send)?"rtl":"ltr",W.lang&&(b.lang=W.lang);let ce=new CSSStyleSheet;ce.replaceSync(ze),I.adoptedStyleSheets=[ce],I.append(b);function Pe(){let e=T("chat","","bubble",ct),[t,n]=[e.firstElementChild,ae("down")];e.append(n,...l.icon?[qe()]:[]),e.draggable=l.draggableBubble===!0;let i=r("span",{class:"badge","aria-hidden":"true"}),s=T("close",c.endChat,"end",Y);return{dock:r("div",{class:"dock"},e,i,s),bubble:e,chatIcon:t,downIcon:n,badge:i,end:s}}function $e(){let e=r("span",{class:"face","aria-hidden":"true"}),[t,n]=[r("h2",{}),r("p",{})],i=r("div",{class:"names"},t,n),s=T("menu",p.menu,"tool",G);s.setAttribute("aria-haspopup","menu");let u=T("full",p.full,"tool",()=>d({full:!o.full})),w=T("close",c.close,"tool",j),v=r("header",{},e,i,s,u,w),S={class:"menu",role:"menu","aria-label":p.menu},m=r("div",{...S,keydown:pt},...Fe());return{header:v,face:e,title:t,agent:n,menuButton:s,full:u,menu:m}}function Re(){let e=h(c.loadOld,"plain older",()=>d({from:0})),t=r("div",{class:"messages"}),n=r("p",{class:"status"}),i={role:"log","aria-label":c.liveChatName,tabindex:"0"},s=r("div",{class:"log",...i},e,t,n),u=h(p.stillHere,"main",xe),w=r("span",{},p.stillThere),v=r("div",{class:"ask",role:"alert"},w,u),S={rows:"1",input:nt,keydown:ot},m=r("textarea",{...le(c.messagePlaceholder),...S}),X=T("send",c.send,"send",be),Se=r("div",{class:"composer"},m,X),Ee=h(c.restartChat,"main",ve),Te=r("div",{class:"ended"},Ee);return{chat:r("div",{class:"chat"},s,v,Se,Te),log:s,older:e,messages:t,status:n,ask:v,composer:Se,box:m,send:X,ended:Te,restart:Ee}}function De(){let e=r("input",le(c.namePlaceholder)),t=r("ul",{}),n=r("input",{"aria-label":c.participants}),i=h(c.add,"plain",it),s=h(c.cancel,"plain",_),u=h(c.save,"main",st),w=h(c.changeIcon,"plain",()=>d({face:o.face+1})),v=h(c.sendCanned,"plain",rt),S=r("p",{class:"hint"},p.agentsOnly),m={role:"group","aria-label":c.chatDetails};return{details:r("div",{class:"details",...m},L("",r("h3",{},c.chatDetails),e),L("",r("h3",{},c.ticket),r("p",{},p.noTicket)),L("",r("h3",{},c.participants),t,P("",n,i)),L("agents",S,r("h3",{},c.newChatRequest),P("",w,v)),P("foot",s,u)),chatName:e,people:t,person:n}}function Be(){let t=r("section",{...{class:"window",role:"dialog",tabindex:"-1"},click:ut,keydown:dt}),n=r("p",{class:"notice"},p.notice);return t.append(a.header,a.menu,n,a.chat,a.details,a.ending),t}function We(){let e=h(c.cancel,"plain",_),t=h(c.endChat,"main danger",we),n=r("h3",{},c.endChat),i=r("div",{class:"sheet"},n,P("",e,t)),s={role:"alertdialog","aria-label":c.endChat};return{ending:r("div",{class:"ending",...s},i),cancel:e}}function le(e){return{placeholder:e,"aria-label":e}}function L(e,...t){return r("div",{class:`part ${e}`},...t)}function P(e,...t){return r("div",{class:`row ${e}`},...t)}function Fe(){return[[c.chatDetails,()=>ye(a.chatName)],[c.participants,()=>ye(a.person)],[c.copyTranscript,at],[c.restartChat,ve],[c.endChat,Y]].map(([t,n])=>{let i=h(t,"",()=>{d({menu:!1}),B(),n()});return i.setAttribute("role","menuitem"),i})}function qe(){let e=r("img",{alt:"",src:String(l.icon)});return e.addEventListener("error",()=>{e.remove(),$()}),e}function de(e){return e==="agent"?p.agent:p.you}function Ke({message:e,from:t}){let n=r("span",{class:"aside"},`${de(t)}: `);return r("div",{class:`message ${t}`},n,r("p",{},e))}function Ue(e,t){let n=h(c.remove,"plain",()=>{o.chat?.people.splice(t,1),d({}),a.person.focus()});return n.setAttribute("aria-label",`${c.remove}: ${e}`),r("li",{},e,n)}function d(e){Object.assign(o,e),$()}function $(){let e=g(),t=e?l.hideExistingChatBubble:l.hideNewChatBubble,n=l.forceFullScreen===!0||ne.matches,i=n||o.full,s=a.bubble.lastElementChild!==a.downIcon;Ge({dock:t!==!0&&!o.asleep&&!(o.open&&i),chatIcon:!s&&!o.open,downIcon:!s&&o.open,end:e&&l.showEndChatOptionOnBubble===!0,header:l.hideHeader!==!0,full:!n,menu:o.menu,chat:o.view!=="details",details:o.view==="details",ending:o.view==="ending",older:o.from>0,ask:o.asking,composer:e,ended:!e}),x.hidden=!o.open,x.classList.toggle("full",i),a.chat.inert=a.header.inert=o.view==="ending",a.send.disabled=a.box.value.trim()==="",a.bubble.setAttribute("aria-expanded",String(o.open)),a.full.setAttribute("aria-pressed",String(o.full)),a.menuButton.setAttribute("aria-expanded",String(o.menu)),Ve(),Ye(),Xe(),Je(),et()}function Ve(){let{chat:e}=o,t=e?.unread_count??0,n=g()?c.liveChatName:c.newChatName;a.bubble.title=t?`${n}, ${q(c.unreadCount,t)}`:n,a.bubble.setAttribute("aria-label",a.bubble.title),x.setAttribute("aria-label",e?.name||c.liveChatName),O(a.title,e?.name||c.liveChatName),O(a.badge,t?String(t):""),O(a.agent,e?.stage==="joined"?p.agent:""),O(a.face,ee[o.face%ee.length]),O(re,o.announcement)}function O(e,t){e.textContent!==t&&(e.textContent=t)}function Ye(){let e=o.chat?.people??[];a.people.dataset.shown!==e.join(`
`)&&(a.people.dataset.shown=e.join(`
`),a.people.replaceChildren(r("li",{},p.agent),...e.map(Ue)))}function Ge(e){for(let[t,n]of Object.entries(e))a[t]?.toggleAttribute("hidden",!n)}function Je(){let{moved:e}=o;H(a.dock,A("bottom-right",20),A(l.position,20),l.bubbleContainerStyles,A(e.corner,20),e.bubble),H(a.bubble,{"--icon":`${E(l.iconSize)??50}%`},l.bubbleStyles),H(x,{width:380,height:600,...ie(l)},A("bottom-right",92),A(l.position,92),l.windowStyles,A(e.corner,92),e.size)}function Xe(){let{chat:e,from:t}=o,n=a.log.scrollHeight-a.log.scrollTop-a.log.clientHeight<60,i=`${e?.id} from ${t}`;a.messages.dataset.shown!==i&&a.messages.replaceChildren(),a.messages.dataset.shown=i;let s=e?.messages.slice(t+a.messages.childElementCount)??[];a.messages.append(...s.map(Ke)),O(a.status,Ze()),n&&(a.log.scrollTop=a.log.scrollHeight)}function Ze(){return o.chat?.stage==="ended"?c.ended:o.chat?.stage!=="joined"?c.waitingForAgent:o.agentTyping?q(c.isTyping,p.agent):""}function Qe(e){let t=CSS.supports("color",String(e))?String(e):Oe;b.style.color=t;let n=getComputedStyle(b).color.match(/[\d.]+/g)??[],[i=0,s=0,u=0]=n.map(S=>{let m=Number(S)/255;return m<=.04045?m/12.92:((m+.055)/1.055)**2.4}),v=.2126*i+.7152*s+.0722*u<=.183?"#fff":"#000";H(b,{"--accent":t,"--ink":v}),b.className="root",b.classList.toggle("dark",l.theme==="dark"),b.classList.toggle("poppins",l.includeFont!==!1)}function et(){oe(Z,l.persistChatToken!==!1&&g()&&o.chat),oe(Q,l.keepChatWindowOpen===!0&&o.open)}function ue(){return l.persistChatToken===!1?null:K(Z)}function tt(){return new URLSearchParams(location.search).get("halochat-preview")!=="unavailable"&&K(Ne)!==1}function g(){return o.chat!==null&&o.chat.stage!=="ended"}function C(){if(!o.chat)return null;let{id:e,unread_count:t,messages:n}=o.chat;return structuredClone({id:e,unread_count:t,messages:n})}function pe(e){let t=e!=="",n={id:He++,unread_count:0,messages:[],name:"",people:[],known:t};D(),f("newChatStarting",null),d({chat:{...n,stage:"starting"},token:e,from:0}),k("talk",300,()=>{f("newChatStarted",C()),he()})}function fe(e,t){D(),d({chat:e,token:t,from:Math.max(0,e.messages.length-6)}),f("existingChatResumed",C()),e.stage!=="joined"?he():e.messages.at(-1)?.from!=="agent"?V():R()}function he(){U("waiting"),f("awaitingAgent",C()),k("talk",1e3,()=>{U("joined"),f("agentJoined",C()),V()})}function U(e){o.chat&&(o.chat.stage=e),$()}function V(){let e=o.chat?.messages.filter(({from:i})=>i==="agent").length??0,t=[p.answer1,p.answer2,p.answer3],n=e?t[(e-1)%t.length]:p.greeting;R(),k("talk",400,()=>{d({agentTyping:!0}),k("talk",1200,()=>me(n))})}function ge(e,t){let n=o.chat?.messages??[];return n.push({id:n.length+1,message:e,from:t}),{...n[n.length-1]}}function me(e){let{chat:t,open:n}=o;if(!t||!g())return;let i=ge(e,"agent");n||(t.unread_count+=1);let s=n?"":q(c.unreadCount,t.unread_count);d({agentTyping:!1,announcement:s}),f("newMessage",i),l.sound&&new Audio(String(l.sound)).play().catch(y),R()}function be(){let e=a.box.value.trim();if(!e||!g())return;let t=ge(je.test(e)?c.dangerousMessage:e,"user");a.box.value="",a.box.focus(),d({userTyping:!1}),a.log.scrollTop=a.log.scrollHeight,f("messageSent",t),o.asking&&xe(),o.chat?.stage==="joined"&&V()}function nt(){let e=a.box.value!=="",t=e!==o.userTyping;d({userTyping:e}),t&&f(e?"userTyping":"userStoppedTyping",null)}function ot(e){e.key!=="Enter"||e.shiftKey||e.isComposing||(e.preventDefault(),be())}function R(){k("idle",3e5,()=>{d({asking:!0}),l.areYouStillThereReopenChat===!0&&N({focus:!1}),f("imStillHereConfirm",null)})}function xe(){d({asking:!1}),a.box.focus(),R(),f("imStillHereConfirmed",null)}function Y(){g()&&(d({view:"ending",menu:!1}),N())}function we(){g()&&(D(),o.view="chat",U("ended"),a.restart.focus(),f("chatEnded",C()))}function ve(){we(),pe(""),a.box.focus()}function D(){clearTimeout(z.talk),clearTimeout(z.idle),Object.assign(o,{agentTyping:!1,userTyping:!1,asking:!1}),a.box.value=""}function at(){let t=(o.chat?.messages??[]).map(({from:i,message:s})=>`${de(i)}: ${s}`);navigator.clipboard?.writeText(t.join(`
`))?.then(()=>d({announcement:p.copied}),y)}function it(){let e=a.person.value.trim();e&&o.chat?.people.push(e),a.person.value="",d({}),a.person.focus()}function st(){o.chat&&(o.chat.name=a.chatName.value.trim()),_()}function rt(){_(),me(p.canned)}function N({token:e="",retain:t=!1,focus:n=!0}={}){let{previous:i,open:s}=o;g()||(t&&e&&i?.token===e?fe(i.chat,e):pe(e)),o.chat&&(o.chat.unread_count=0),d({open:!0,asleep:!1,announcement:""}),J(),n&&B(),s||f("chatOpened",C())}function j(){if(!o.open)return;let e=x.contains(I.activeElement);d({open:!1,menu:!1,view:"chat"}),J(),e&&a.bubble.focus(),f("chatClosed",null)}function ct(){o.open?j():N()}function B(){o.view==="ending"?a.cancel.focus():o.view==="details"?a.chatName.focus():g()?a.box.focus():a.restart.focus()}function ye(e){a.chatName.value=o.chat?.name??"",d({view:"details"}),e.focus()}function _(){d({view:"chat"}),B()}function lt(e){e.key!=="Escape"||e.isComposing||(o.menu?G():o.view!=="chat"?_():j())}function G(){if(!o.open)return;let e=a.menu.contains(I.activeElement);d({menu:!o.menu}),o.menu?a.menu.querySelector("button")?.focus():e&&l.hideHeader===!0?B():e&&a.menuButton.focus()}function dt(e){if(e.key!=="Tab"||!x.classList.contains("full"))return;let n=[...x.querySelectorAll("button:enabled, input, textarea, [tabindex='0']")].filter(u=>u.checkVisibility()&&!u.closest("[inert]")),[i,s]=e.shiftKey?[n[0],n.at(-1)]:[n.at(-1),n[0]];I.activeElement===i&&(e.preventDefault(),s?.focus())}function ut(e){let t=e.composedPath();t.includes(a.menu)||t.includes(a.menuButton)||o.menu&&d({menu:!1})}function pt(e){let t=[...a.menu.querySelectorAll("button")],n=t.findIndex(u=>u===I.activeElement),s={ArrowDown:n+1,ArrowUp:n-1,Home:0,End:-1}[e.key];e.key==="Tab"&&d({menu:!1}),s!==void 0&&(e.preventDefault(),t.at(s%t.length)?.focus())}function J(){let e=E(l.hideBubbleInactivitySeconds)??0;e>0&&k("bubble",e*1e3,()=>d({asleep:!o.open}))}function f(e,t){y("outbound event",e,t),l.enableOutboundEvents===!0&&window.dispatchEvent(new CustomEvent(`haloChat_outboundEvent_${e}`,{detail:t}))}function ke(e){return typeof e?.id_token=="string"?e.id_token:""}let ft={initialize:Ce,openChatWindow(e){let t=e?.retainPreviousChat??l.retainPreviousChat;N({token:ke(e),retain:t===!0})},closeChatWindow:j,loginStateChanged(){let{chat:e,token:t}=o;D(),j(),d({chat:null,token:"",previous:e&&{chat:e,token:t}})},toggleFullScreen(e){d({full:e===!0})},resize(e){let{moved:t}=o;d({moved:{...t,size:{...t.size,...ie(e)}}})},reposition(e){d({moved:{size:o.moved.size,corner:e}})},repositionBubble(e){let[t,n]=[E(e?.x),E(e?.y)];if(t===null||n===null)return;let i=`clamp(0px, ${t}px, 100vw - 56px)`,s=`clamp(0px, ${n}px, 100vh - 56px)`,u={left:i,top:s,right:"auto",bottom:"auto"};d({moved:{...o.moved,bubble:u}})},upgradeAnonChat(e){let t=ke(e),n=ht(t);!n&&o.chat&&(o.chat.known=!0),n||d({token:t}),f("upgradeAnonChat",{success:!n,error:n})},toggleMenu:G,endChat:Y};function ht(e){return!o.chat||!g()?"There is no open chat.":o.chat.known?"The chat is authenticated already.":e?"":"An id_token is required."}function gt(){for(let[e,t]of Object.entries(ft))window.addEventListener(`haloChat_inboundEvent_${e}`,n=>{let{detail:i}=n;y("inbound event",e,i),o.ready!==(e==="initialize")&&t(i)})}function Ce(e){let{configId:t,configKey:n,colour:i}=F(e);y("chat profile",t??l.configId,n??l.configKey),k("start",0,()=>{if(!tt())return f("initialized",{chatAvailable:!1});let s=l.keepChatWindowOpen===!0&&K(Q)===!0,u=ue();M?.append(se),Qe(i??l.colour),d({ready:!0,chat:u}),J(),f("initialized",{chatAvailable:!0}),u&&u===o.chat&&fe(u,""),s&&N({focus:!1})})}y("without effect in the preview:",_e),ne.addEventListener("change",$),l.enableInboundEvents===!0&&gt(),l.enableFunctions===!0&&(te.haloChat_functions_getCurrentChatDetails=()=>g()?[C()]:[]),(l.autoInitialize!==!1||ue())&&Ce()})();})();
